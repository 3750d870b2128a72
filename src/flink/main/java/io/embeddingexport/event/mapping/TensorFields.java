package io.embeddingexport.event.mapping;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.text.FieldReader;
import io.embeddingexport.text.Node;
import io.embeddingexport.text.Node.Scalar;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how the elements of one tensor of a mapping are sent, and what they become. */
final class TensorFields {
  static final String[] FIELDS = {"dtype", "from", "endian", "scale", "zero-point"};

  private static final Map<String, ElementType> ELEMENT_TYPES =
      MappingParser.words(ElementType.values(), ElementType::label);
  private static final Map<String, ByteOrder> ORDERS =
      Map.of("little", ByteOrder.LITTLE_ENDIAN, "big", ByteOrder.BIG_ENDIAN);

  /** The tensor; null if there are problems. */
  static @Nullable TensorSource read(String name, ValueSource source, FieldReader fields) {
    DataType dataType = fields.choice("dtype", DataType.BY_NAME);
    ElementType elementType = fields.choice("from", ELEMENT_TYPES);
    ByteOrder order = fields.choice("endian", ORDERS);
    Double scale = number(fields, "scale");
    Long zeroPoint = fields.integer("zero-point");
    TensorSource tensor =
        new TensorSource(
            name,
            source,
            dataType,
            elementType,
            order == null ? ByteOrder.LITTLE_ENDIAN : order,
            scale == null ? 1 : scale,
            zeroPoint == null ? 0 : zeroPoint);
    if (source instanceof ValueSource.Constant || source == ValueSource.Part.TOPIC) {
      fields.problem("", fields.line(), "is the same for every event; say where the tensor is");
    }
    check(tensor, fields);
    return tensor;
  }

  private static void check(TensorSource tensor, FieldReader fields) {
    DataType dataType = tensor.dataType();
    ElementType elementType = tensor.elementType();
    if (tensor.isScaled()) {
      String field = fields.has("scale") ? "scale" : "zero-point";
      if (dataType != null && !dataType.isFloatingPoint()) {
        fields.problem(field, fields.line(field), "makes fractions; write dtype: float or double");
      }
      if (elementType != null && elementType.isFloatingPoint()) {
        fields.problem(
            field, fields.line(field), "is for whole numbers; remove it, or correct from");
      }
    }
    if (elementType == null || dataType == null) {
      return;
    }
    boolean exact =
        dataType.isFloatingPoint()
            || (dataType != DataType.STRING && !elementType.isFloatingPoint());
    if (!exact) {
      fields.problem(
          "from",
          fields.line("from"),
          elementType.label() + " does not become " + dataType + "; correct one of them");
    }
  }

  /** A finite number other than 0; null if absent or wrong. */
  private static @Nullable Double number(FieldReader fields, String name) {
    Node node = fields.get(name);
    if (node == null) {
      return null;
    }
    if (node instanceof Scalar scalar
        && (scalar.kind() == Scalar.Kind.INTEGER || scalar.kind() == Scalar.Kind.OTHER_NUMBER)) {
      try {
        double number = Double.parseDouble(scalar.text());
        if (Double.isFinite(number) && number != 0) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Not a decimal number, such as YAML's 0x10.
      }
    }
    fields.problem(name, node, "is not a number other than 0");
    return null;
  }

  private TensorFields() {}
}
