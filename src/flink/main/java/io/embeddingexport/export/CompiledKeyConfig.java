package io.embeddingexport.export;

import io.embeddingexport.datarecord.RecordTemplate;
import io.embeddingexport.datarecord.wire.TensorLayout;
import io.embeddingexport.event.KnownModels.KnownModel;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.keys.KeySpec.NonFinite;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key config with everything computed ahead of events: the record's template, each name's
 * position, and the byte layout of tensors that need no decoding. Immutable, so any thread may
 * compile it for another.
 *
 * @param id written with each record
 * @param specs the config's keys, as an array for the hot path
 * @param positions position of each name in the key config
 * @param byPosition null if tensors by position are always decoded
 * @param byName null if tensors by name are always decoded
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path; never compared
public record CompiledKeyConfig(
    KeyConfig config,
    KeyConfigId id,
    KeySpec[] specs,
    RecordTemplate template,
    Map<String, Integer> positions,
    @Nullable TensorLayout byPosition,
    @Nullable TensorLayout byName)
    implements KnownModel {
  private static final byte[] NOTHING = {};

  public static CompiledKeyConfig of(KeyConfig config) {
    Map<String, Integer> positions = new HashMap<>();
    for (KeySpec spec : config.keys()) {
      positions.put(spec.name(), positions.size());
    }
    RecordTemplate template = config.template().build();
    KeySpec[] specs = config.keys().toArray(KeySpec[]::new);
    boolean[] finite = new boolean[specs.length];
    for (int i = 0; i < specs.length; i++) {
      finite[i] = specs[i].nonFinite() == NonFinite.REJECT && specs[i].dataType().isFloatingPoint();
    }
    return new CompiledKeyConfig(
        config,
        new KeyConfigId(config.model(), config.version()),
        specs,
        template,
        Map.copyOf(positions),
        template.layout(Collections.nCopies(specs.length, NOTHING), finite),
        template.layout(Arrays.stream(specs).map(CompiledKeyConfig::namePrefix).toList(), finite));
  }

  /** A name as written before its tensor: i32 length, UTF-8. */
  private static byte[] namePrefix(KeySpec spec) {
    byte[] name = spec.name().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + name.length).putInt(name.length).put(name).array();
  }

  @Override
  public String name() {
    return config.model();
  }

  Rejected reject(RejectReason reason, String detail) {
    return new Rejected(reason, detail, config.model(), config.version());
  }

  /** The config's name in a detail: {@code key config 'user' version 3}. */
  String title() {
    return "key config '" + config.model() + "' version " + config.version();
  }

  /** The name of the tensor at a position in a detail: {@code tensor 2 ('user_embedding')}. */
  String tensorTitle(int position) {
    return "tensor " + position + " ('" + specs[position].name() + "')";
  }
}
