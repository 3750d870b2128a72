package io.embeddingexport.chaos.cluster;

import java.util.List;

/**
 * Where a process runs.
 *
 * @param number from 1, unique in a cluster
 * @param entry words before a command that make it run there
 */
record Host(int number, String address, List<String> entry) {}
