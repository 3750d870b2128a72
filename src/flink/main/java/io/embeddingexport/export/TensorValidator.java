package io.embeddingexport.export;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.keys.KeySpec.NonFinite;
import io.embeddingexport.text.SafeText;
import org.jspecify.annotations.Nullable;

/** Checks one tensor against its key. */
final class TensorValidator {

  /** Why the tensor does not fit {@code position} of the key config; null if it does. */
  static @Nullable Rejected check(Tensor tensor, int position, CompiledKeyConfig config) {
    KeySpec spec = config.specs()[position];
    if (tensor.dataType() != spec.dataType()) {
      return config.reject(
          RejectReason.DTYPE,
          expected(tensor.dataType(), spec.dataType(), position, config)
              + "; send that type, or change the key config");
    }
    if (tensor.encoding() == TensorEncoding.RAW && spec.dataType() == DataType.STRING) {
      return config.reject(
          RejectReason.DTYPE,
          config.tensorTitle(position)
              + " is a RawTypedTensor of STRING, which has no elements; send a StringTensor");
    }
    if (spec.shape().resolve(tensor) == null) {
      return tensor.hasShape()
          ? config.reject(
              RejectReason.SHAPE,
              expected(tensor.shape(), spec.shape(), position, config)
                  + "; send that shape, or change the key config")
          : config.reject(
              RejectReason.SIZE,
              expected(tensor.elementCount() + " elements", spec.shape(), position, config)
                  + "; send as many as that shape holds, or state the tensor's shape");
    }
    if (spec.nonFinite() == NonFinite.REJECT) {
      int index = tensor.firstNonFinite();
      if (index >= 0) {
        return config.reject(
            RejectReason.NON_FINITE,
            config.tensorTitle(position)
                + " has a NaN or an infinity at element "
                + index
                + ", which "
                + config.title()
                + " rejects; send finite numbers, or set non-finite: accept");
      }
    }
    return null;
  }

  private static String expected(
      Object found, Object expected, int position, CompiledKeyConfig config) {
    return config.tensorTitle(position)
        + " is "
        + SafeText.of(found.toString())
        + " where "
        + config.title()
        + " has "
        + expected;
  }

  private TensorValidator() {}
}
