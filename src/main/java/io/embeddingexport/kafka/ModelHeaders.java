package io.embeddingexport.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The headers that name a record's key config, made once a version. Holds one entry a model, and
 * models come from key configs, so it stays as small as they are. Not thread-safe.
 */
final class ModelHeaders {
  private final Map<String, Pair> byModel = new HashMap<>();

  Pair of(String model, long version) {
    Pair pair = byModel.get(model);
    if (pair == null || pair.version != version) {
      pair =
          new Pair(
              version,
              header(HeaderNames.MODEL, model),
              header(HeaderNames.KEY_CONFIG_VERSION, Long.toString(version)));
      byModel.put(model, pair);
    }
    return pair;
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }

  record Pair(long version, Header modelHeader, Header versionHeader) {
    void addTo(Headers headers) {
      headers.add(modelHeader).add(versionHeader);
    }
  }
}
