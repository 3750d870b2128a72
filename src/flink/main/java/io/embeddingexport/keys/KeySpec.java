package io.embeddingexport.keys;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import org.apache.flink.annotation.PublicEvolving;

/**
 * One tensor of a key config.
 *
 * @param name the name in events that name their tensors
 * @param key feature id in the record
 * @param shape may leave dimensions open ({@link Shape#ANY})
 * @param encoding its encoding in the record; fits {@code dataType}
 * @param optional whether an event that names its tensors may omit it; the record then omits it
 * @param nonFinite rule for NaN and infinities
 */
@PublicEvolving
public record KeySpec(
    String name,
    long key,
    DataType dataType,
    Shape shape,
    TensorEncoding encoding,
    boolean optional,
    NonFinite nonFinite) {

  /** The rule for a tensor with a NaN or an infinity. */
  public enum NonFinite {
    ACCEPT,
    REJECT
  }
}
