package io.embeddingexport.event.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.plan.StringContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an array of elements, or arrays in arrays as numpy's {@code tolist} writes them: then all
 * arrays of one depth have the same length, and the lengths are the shape. Not thread-safe.
 */
public final class JsonArrayReader {
  private static final int MAX_RANK = 32;
  private static final int UNKNOWN = -1;

  private final JsonElements elements = new JsonElements();
  private final StringContent strings = new StringContent();
  private final long[] dims = new long[MAX_RANK];

  /** Depth of the arrays that hold no arrays; {@link #UNKNOWN} before the first one. */
  private int rank;

  private @Nullable DataType dataType;
  private int stringCount;

  /** Forgets the event before; until then, its tensors of strings are views. */
  public void begin() {
    strings.clear();
  }

  /**
   * Reads the array at the parser's token, up to its end.
   *
   * @param stated null: the type its first element implies
   * @return with a shape if arrays are in arrays, else without
   */
  public Tensor read(JsonParser parser, @Nullable DataType stated)
      throws IOException, BadEventException {
    dataType = stated;
    rank = UNKNOWN;
    Arrays.fill(dims, UNKNOWN);
    elements.clear();
    strings.beginTensor();
    stringCount = 0;
    array(parser, 1);
    Tensor tensor =
        dataType == DataType.STRING
            ? strings.tensor(null)
            : Tensor.ofRaw(dataType == null ? DataType.FLOAT : dataType, null, elements.payload());
    return rank == 1 ? tensor : tensor.withShape(shape(dims, rank));
  }

  private void array(JsonParser parser, int depth) throws IOException, BadEventException {
    if (depth > MAX_RANK) {
      throw new BadEventException("more than " + MAX_RANK + " arrays in each other");
    }
    long length = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken(), length++) {
      if (token == JsonToken.START_ARRAY) {
        requireDepth(rank == UNKNOWN || depth < rank);
        array(parser, depth + 1);
      } else {
        requireDepth(rank == UNKNOWN || depth == rank);
        rank = depth;
        element(parser, token);
      }
    }
    if (rank == UNKNOWN) {
      rank = depth;
    }
    if (dims[depth - 1] != UNKNOWN && dims[depth - 1] != length) {
      throw new BadEventException("arrays of one depth have different lengths; send equal ones");
    }
    dims[depth - 1] = length;
  }

  private static void requireDepth(boolean same) throws BadEventException {
    if (!same) {
      throw new BadEventException("elements are in a different number of arrays; send one depth");
    }
  }

  private void element(JsonParser parser, JsonToken token) throws IOException, BadEventException {
    if (dataType == null) {
      dataType = JsonElements.inferred(token);
    }
    if (dataType == DataType.STRING) {
      byte[] utf8 = JsonElements.string(parser, token, stringCount++);
      strings.add(utf8, 0, utf8.length);
    } else {
      elements.add(parser, token, dataType);
    }
  }

  /** The bytes of the one element at the parser's token. */
  byte[] one(JsonParser parser, DataType type) throws IOException, BadEventException {
    elements.clear();
    elements.add(parser, parser.currentToken(), type);
    return elements.payload();
  }

  /** A tensor of the one string at the parser's token, without a shape. */
  static Tensor ofString(JsonParser parser) throws IOException, BadEventException {
    byte[] utf8 = JsonElements.text(parser, "the tensor").getBytes(StandardCharsets.UTF_8);
    return Tensor.ofStrings(null, List.of(utf8)).withoutShape();
  }

  /** The shape of these extents. */
  static Shape shape(long[] dims, int rank) throws BadEventException {
    try {
      return Shape.of(Arrays.copyOf(dims, rank));
    } catch (IllegalArgumentException e) {
      throw new BadEventException("a shape of rank " + rank + " has 2^31 elements or more");
    }
  }
}
