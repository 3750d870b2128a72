package io.embeddingexport.keys;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeySpec.NonFinite;
import io.embeddingexport.text.FieldReader;
import io.embeddingexport.text.Node;
import io.embeddingexport.text.SafeText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the list of keys, as far as it is readable: a wrong part has become a problem, and
 * is null here.
 *
 * @param name the name in events; the feature's name or the key's digits if not given
 * @param feature the name that the key is derived from; null if not given
 * @param line where the entry begins
 */
record KeyEntry(
    @Nullable String name,
    @Nullable Long key,
    @Nullable String feature,
    @Nullable KeySpec spec,
    String path,
    int line) {
  private static final List<String> FIELDS =
      List.of("name", "key", "feature", "dtype", "shape", "encoding", "optional", "non-finite");
  private static final Map<String, NonFinite> NON_FINITE = words(List.of(NonFinite.values()));
  private static final Map<String, Boolean> TYPED = typed();

  /** Reads the entry at {@code path}. */
  static KeyEntry read(Node.Mapping entry, String path, List<String> problems) {
    FieldReader fields = new FieldReader(entry, path, FIELDS, problems);
    String name = fields.text("name");
    String feature = fields.text("feature");
    Long key = key(fields, name, feature);
    if (name == null && !fields.has("name")) {
      name = feature != null ? feature : key != null ? key.toString() : null;
    }
    DataType dataType = dataType(fields);
    Shape shape = shape(fields);
    TensorEncoding encoding = encoding(fields, dataType);
    boolean optional = optional(fields);
    NonFinite nonFinite = nonFinite(fields, dataType);
    boolean whole =
        name != null && key != null && dataType != null && shape != null && encoding != null;
    KeySpec spec =
        whole ? new KeySpec(name, key, dataType, shape, encoding, optional, nonFinite) : null;
    return new KeyEntry(name, key, feature, spec, path, entry.line());
  }

  private static @Nullable Long key(
      FieldReader fields, @Nullable String name, @Nullable String feature) {
    Node given = fields.get("key");
    if (given != null) {
      Long id = fields.integer("key", given);
      if (id != null && feature != null && id != FeatureId.of(feature)) {
        fields.problem(
            "key",
            given,
            "is not the id of feature "
                + SafeText.quoted(feature)
                + ", "
                + FeatureId.of(feature)
                + "; keep one of them");
      }
      return id;
    }
    if (fields.has("feature")) {
      return feature == null ? null : FeatureId.of(feature);
    }
    if (!fields.has("name")) {
      fields.missing("key", "write a key, or a feature or name to derive it from");
    }
    return name == null ? null : FeatureId.of(name);
  }

  private static @Nullable DataType dataType(FieldReader fields) {
    fields.require("dtype", "write one of " + String.join(", ", DataType.BY_NAME.keySet()));
    return fields.choice("dtype", DataType.BY_NAME);
  }

  private static @Nullable Shape shape(FieldReader fields) {
    Node node =
        fields.require(
            "shape", "write its extents: [128]; -1 for one that is open, [] for a scalar");
    if (node == null) {
      return null;
    }
    if (!(node instanceof Node.Sequence list)) {
      fields.problem("shape", node, "is not a list; write its extents: [128]");
      return null;
    }
    long[] dims = new long[list.items().size()];
    boolean valid = true;
    for (int i = 0; i < dims.length; i++) {
      String field = "shape[" + i + "]";
      Long dim = fields.integer(field, list.items().get(i));
      if (dim != null && dim < Shape.ANY) {
        fields.problem(
            field, list.items().get(i), "is not an extent; write 0 or more, or -1 for" + " any");
      }
      valid &= dim != null && dim >= Shape.ANY;
      dims[i] = dim == null ? 0 : dim;
    }
    try {
      return valid ? Shape.of(dims) : null;
    } catch (IllegalArgumentException e) {
      fields.problem(
          "shape",
          node.line(),
          Arrays.toString(dims) + " has 2^31 elements or more; make it smaller");
      return null;
    }
  }

  private static @Nullable TensorEncoding encoding(
      FieldReader fields, @Nullable DataType dataType) {
    Boolean typed = fields.choice("encoding", TYPED);
    if (dataType == null) {
      return null;
    }
    if (typed == null || !typed) {
      return TensorEncoding.standard(dataType);
    }
    TensorEncoding encoding = TensorEncoding.typed(dataType);
    if (encoding == null) {
      fields.problem(
          "encoding",
          fields.get("encoding"),
          "does not exist for " + word(dataType) + "; write raw");
    }
    return encoding;
  }

  private static boolean optional(FieldReader fields) {
    boolean optional = fields.flag("optional");
    if (optional && !fields.has("name")) {
      fields.problem(
          "optional",
          fields.get("optional"),
          "needs a name, because only an event that names its tensors can leave one out; add a"
              + " name");
    }
    return optional;
  }

  private static NonFinite nonFinite(FieldReader fields, @Nullable DataType dataType) {
    NonFinite nonFinite = fields.choice("non-finite", NON_FINITE);
    if (nonFinite == NonFinite.REJECT && dataType != null && !dataType.isFloatingPoint()) {
      fields.problem(
          "non-finite",
          fields.get("non-finite"),
          "does not apply to " + word(dataType) + "; remove it");
    }
    return nonFinite == null ? NonFinite.ACCEPT : nonFinite;
  }

  private static Map<String, Boolean> typed() {
    Map<String, Boolean> words = new LinkedHashMap<>();
    words.put("raw", false);
    words.put("typed", true);
    return words;
  }

  private static <E extends Enum<E>> Map<String, E> words(List<E> constants) {
    Map<String, E> words = new LinkedHashMap<>();
    constants.forEach(constant -> words.put(word(constant), constant));
    return words;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
