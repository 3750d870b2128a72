package io.embeddingexport.event.kserve;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.protobuf.ProtobufReader;
import io.embeddingexport.event.protobuf.WireType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code ModelInferResponse} of KServe v2 in Protobuf.
 *
 * <pre>
 * message ModelInferResponse { string model_name = 1; string model_version = 2; string id = 3;
 *   repeated InferOutputTensor outputs = 5; repeated bytes raw_output_contents = 6; }
 * message InferOutputTensor { string name = 1; string datatype = 2; repeated int64 shape = 3;
 *   InferTensorContents contents = 5; }
 * </pre>
 *
 * <p>Outputs that are not wanted are only counted, since raw contents belong to outputs by
 * position.
 */
final class KserveResponse {
  private static final int FIRST_TEXT = 1;
  private static final int LAST_TEXT = 3;
  private static final int OUTPUTS = 5;
  private static final int RAW_CONTENTS = 6;

  private static final int NAME = 1;
  private static final int DATATYPE = 2;
  private static final int SHAPE = 3;
  private static final int CONTENTS = 5;
  private static final int MAX_RANK = 32;

  private final byte[] event;
  private final @Nullable String[] texts = new String[LAST_TEXT + 1];
  private final Map<String, KserveOutput> outputs = new HashMap<>();
  private int position;

  private KserveResponse(byte[] event) {
    this.event = event;
  }

  /** An output before its raw contents are known. */
  private static final class Header {
    private @Nullable String name;
    private @Nullable String datatype;
    private final long[] shape = new long[MAX_RANK];
    private int rank;
    private int contentsFrom = -1;
    private int contentsTo;
  }

  /**
   * Reads a response.
   *
   * @param wanted names of outputs
   */
  static KserveResponse read(byte[] event, int from, Set<String> wanted) throws BadEventException {
    KserveResponse response = new KserveResponse(event);
    try {
      response.read(from, wanted);
    } catch (BadEventException e) {
      throw new BadEventException("byte " + response.position + ": " + e.getMessage());
    }
    return response;
  }

  /** The names of the outputs, in their order. */
  static Set<String> names(byte[] event) throws BadEventException {
    Set<String> names = new LinkedHashSet<>();
    ProtobufReader in = new ProtobufReader();
    in.reset(event, 0, event.length);
    KserveResponse response = new KserveResponse(event);
    while (!in.isAtEnd()) {
      int tag = in.tag();
      if (WireType.field(tag) != OUTPUTS || WireType.of(tag) != WireType.LENGTH) {
        in.skip(tag);
        continue;
      }
      int length = in.length();
      String name = response.header(in.position(), length).name;
      if (name != null) {
        names.add(name);
      }
      in.advance(length);
    }
    return names;
  }

  /** The text of a field of the response: 1 {@code model_name}, 2, 3; null if it has none. */
  @Nullable String text(int field) {
    return texts[field];
  }

  /** The output of that name, if it is wanted; null if the response has none. */
  @Nullable KserveOutput output(String name) {
    return outputs.get(name);
  }

  private void read(int from, Set<String> wanted) throws BadEventException {
    ProtobufReader in = new ProtobufReader();
    in.reset(event, from, event.length);
    List<@Nullable Header> headers = new ArrayList<>();
    int raws = 0;
    int[] rawFrom = new int[wanted.size()];
    int[] rawTo = new int[wanted.size()];
    int[] index = new int[wanted.size()];
    int outputCount = 0;
    while (!in.isAtEnd()) {
      position = in.position();
      int tag = in.tag();
      int field = WireType.field(tag);
      if (WireType.of(tag) != WireType.LENGTH) {
        in.skip(tag);
        continue;
      }
      int length = in.length();
      int at = in.position();
      if (field >= FIRST_TEXT && field <= LAST_TEXT) {
        texts[field] = text(at, length);
      } else if (field == OUTPUTS) {
        Header header = header(at, length);
        if (header.name != null && wanted.contains(header.name)) {
          if (headers.size() == index.length) {
            throw new BadEventException("an output is given twice; send it once");
          }
          index[headers.size()] = outputCount;
          headers.add(header);
        }
        outputCount++;
      } else if (field == RAW_CONTENTS) {
        raws++;
      }
      in.advance(length);
    }
    if (raws != 0 && raws != outputCount) {
      throw new BadEventException(
          "raw_output_contents are " + raws + ", but outputs are " + outputCount);
    }
    if (raws != 0) {
      findRaw(from, index, rawFrom, rawTo);
    }
    for (int i = 0; i < headers.size(); i++) {
      KserveOutput output = output(headers.get(i), raws != 0, rawFrom[i], rawTo[i]);
      if (outputs.put(output.name(), output) != null) {
        throw new BadEventException("output " + output.name() + " is given twice; send it once");
      }
    }
  }

  /** Finds the raw contents of outputs, which may even be sent before them. */
  private void findRaw(int from, int[] index, int[] rawFrom, int[] rawTo) throws BadEventException {
    ProtobufReader in = new ProtobufReader();
    in.reset(event, from, event.length);
    int raw = 0;
    while (!in.isAtEnd()) {
      int tag = in.tag();
      if (WireType.field(tag) != RAW_CONTENTS || WireType.of(tag) != WireType.LENGTH) {
        in.skip(tag);
        continue;
      }
      int length = in.length();
      for (int i = 0; i < index.length; i++) {
        if (index[i] == raw) {
          rawFrom[i] = in.position();
          rawTo[i] = in.position() + length;
        }
      }
      raw++;
      in.advance(length);
    }
  }

  private String text(int at, int length) throws BadEventException {
    String text = Bytes.of(event, at, length).utf8();
    if (text == null) {
      throw new BadEventException("a text is not UTF-8");
    }
    return text;
  }

  private Header header(int from, int length) throws BadEventException {
    Header header = new Header();
    ProtobufReader in = new ProtobufReader();
    in.reset(event, from, from + length);
    while (!in.isAtEnd()) {
      int tag = in.tag();
      int field = WireType.field(tag);
      if (field == SHAPE && WireType.of(tag) == WireType.VARINT) {
        dim(header, in.varint());
      } else if (WireType.of(tag) != WireType.LENGTH) {
        in.skip(tag);
      } else {
        int size = in.length();
        int at = in.position();
        switch (field) {
          case NAME -> header.name = text(at, size);
          case DATATYPE -> header.datatype = text(at, size);
          case SHAPE -> {
            ProtobufReader shape = new ProtobufReader();
            shape.reset(event, at, at + size);
            while (!shape.isAtEnd()) {
              dim(header, shape.varint());
            }
          }
          case CONTENTS -> {
            header.contentsFrom = at;
            header.contentsTo = at + size;
          }
          default -> {}
        }
        in.advance(size);
      }
    }
    return header;
  }

  private static void dim(Header header, long extent) throws BadEventException {
    if (header.rank == MAX_RANK || extent < 0 || extent > Integer.MAX_VALUE) {
      throw new BadEventException(
          "an output's shape has an extent below 0, beyond 2^31, or too many");
    }
    header.shape[header.rank++] = extent;
  }

  private KserveOutput output(Header header, boolean isRaw, int rawFrom, int rawTo)
      throws BadEventException {
    KserveType type = KserveType.BY_NAME.get(String.valueOf(header.datatype));
    if (type == null) {
      throw new BadEventException(
          "output "
              + header.name
              + " has a datatype that no record holds; send one of FP32, FP16,"
              + " BF16, FP64, INT8, INT32, INT64, UINT8, UINT64, BOOL, BYTES");
    }
    if (header.rank == 0) {
      throw new BadEventException("output " + header.name + " has no shape, so it is no batch");
    }
    long rowElements = 1;
    for (int i = 1; i < header.rank; i++) {
      rowElements *= header.shape[i];
      if (rowElements > Integer.MAX_VALUE) {
        throw new BadEventException("output " + header.name + " has rows of 2^31 elements or more");
      }
    }
    byte[] payload = event;
    int from = rawFrom;
    int to = rawTo;
    if (!isRaw) {
      KserveContents contents = new KserveContents(event, type);
      if (header.contentsFrom >= 0) {
        contents.read(header.contentsFrom, header.contentsTo);
      }
      payload = contents.payload();
      from = contents.from();
      to = contents.to();
    }
    KserveOutput output =
        new KserveOutput(
            header.name, type, (int) header.shape[0], (int) rowElements, payload, from, to);
    output.requireElements();
    return output;
  }
}
