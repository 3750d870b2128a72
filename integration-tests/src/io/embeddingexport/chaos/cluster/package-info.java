/**
 * The system under test, as real processes: three Kafka brokers, ZooKeeper, two JobManagers and
 * TaskManagers, each on a host of its own where the machine lets us make network namespaces, and on
 * loopback elsewhere.
 */
package io.embeddingexport.chaos.cluster;
