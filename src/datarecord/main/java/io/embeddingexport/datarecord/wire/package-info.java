/**
 * Internal, not part of the public API: Thrift's bytes. A cursor to read and one to write, the byte
 * layout of tensors that are copied undecoded, and the search for NaN.
 *
 * <p>It knows arrays and numbers only, so it needs nothing of ours. Its classes are public because
 * the packages above need them; they may change in any release. ArchUnit names these packages.
 */
@NullMarked
package io.embeddingexport.datarecord.wire;

import org.jspecify.annotations.NullMarked;
