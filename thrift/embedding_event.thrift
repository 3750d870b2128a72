/*
 * One embedding event: what a model server publishes, one Kafka message a struct, in TBinaryProtocol.
 */
namespace java io.embeddingexport.thrift

include "datarecord.thrift"

struct EmbeddingEvent {
  /** The entity the embeddings describe: a user id, an item id. */
  1: required i64 entityId
  /** When the embeddings were computed, milliseconds since the Unix epoch. */
  2: optional i64 eventTimeMillis
  /** Picks the key config. */
  3: required string model
  /** The key-config version the tensors were made for; left out: whichever is in force. */
  4: optional i64 keyConfigVersion
  /** By position: element i belongs to key i of the key config. Give this or `namedTensors`, never both. */
  5: optional list<datarecord.GeneralTensor> tensors
  /** By name: each entry belongs to the key of that name. */
  6: optional map<string, datarecord.GeneralTensor> namedTensors
}
