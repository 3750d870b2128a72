package io.embeddingexport.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.consumer.Origin;
import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.flink.types.DecisionTypeInfo;
import io.embeddingexport.flink.types.InputTypeInfo;
import io.embeddingexport.flink.types.OutputTypeInfo;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.source.PartitionSplitSerializer;
import io.embeddingexport.keys.InvalidKeyConfigException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.text.StrictText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * The decoders of bytes that others write. Each must accept any bytes: it decodes them, or fails as
 * its documentation says. Anything else is a fault. For one thread at a time.
 */
enum FuzzTarget {
  THRIFT_EVENT {
    @Override
    void decode(byte[] bytes) {
      export(EventFormat.THRIFT, bytes);
    }
  },
  JSON_EVENT {
    @Override
    void decode(byte[] bytes) {
      export(EventFormat.JSON, bytes);
    }
  },
  AVRO_EVENT {
    @Override
    void decode(byte[] bytes) {
      export(FuzzInputs.avro(), bytes);
    }
  },
  PROTOBUF_EVENT {
    @Override
    void decode(byte[] bytes) {
      export(FuzzInputs.protobuf(), bytes);
    }
  },
  KSERVE_EVENT {
    @Override
    void decode(byte[] bytes) {
      export(FuzzInputs.kserve(false), bytes);
    }
  },
  KSERVE_JSON_EVENT {
    @Override
    void decode(byte[] bytes) {
      export(FuzzInputs.kserve(true), bytes);
    }
  },
  MAPPED_JSON_EVENT {
    @Override
    void decode(byte[] bytes) {
      export(FuzzInputs.json(), bytes);
    }
  },
  MAPPING {
    @Override
    void decode(byte[] bytes) {
      try {
        EventInput.parse("fuzzed", bytes);
      } catch (InvalidInputException e) {
        require(!e.getMessage().isEmpty(), "a refusal without a reason");
      }
    }
  },
  RECORD {
    @Override
    void decode(byte[] bytes) {
      try {
        DataRecordReader.read(bytes);
      } catch (MalformedRecordException e) {
        require(e.getMessage() != null, "a fault without a message");
      }
    }
  },
  KEY_CONFIG {
    @Override
    void decode(byte[] bytes) {
      KeyConfig config;
      try {
        config = KeyConfigParser.parse("fuzzed", bytes);
      } catch (InvalidKeyConfigException e) {
        require(!e.getMessage().isEmpty(), "a refusal without a reason");
        return;
      }
      require(
          restored(config).equals(config),
          "the state restores another key config than was accepted");
    }
  },
  OPTIONS {
    @Override
    void decode(byte[] bytes) {
      List<String> problems = new ArrayList<>();
      StrictText.read(bytes, MAX_TEXT, problems);
      String text = new String(bytes, UTF_8);
      position(() -> ReadPosition.from(text, List.of("in")));
      position(() -> ReadPosition.until(text, List.of("in", "other")));
    }
  },
  STATE {
    @Override
    void decode(byte[] bytes) {
      restore(InputTypeInfo.INSTANCE, bytes);
      restore(OutputTypeInfo.INSTANCE, bytes);
      restore(DecisionTypeInfo.INSTANCE, bytes);
      try {
        PartitionSplitSerializer splits = new PartitionSplitSerializer();
        splits.deserialize(splits.getVersion(), bytes);
      } catch (IOException e) {
        // The documented refusal.
      }
    }
  },
  HEADER {
    @Override
    void decode(byte[] bytes) {
      Origin.parse(bytes);
      PositionMarker marker = PositionMarker.parse(new String(bytes, UTF_8));
      require(
          marker == null || marker.equals(PositionMarker.parse(marker.text())),
          "a marker is not read as it is written");
    }
  };

  private static final int MAX_TEXT = 1 << 20;

  /** Decodes bytes, and throws if the decoder breaks its law. */
  abstract void decode(byte[] bytes);

  private static void export(EventFormat format, byte[] event) {
    export(EventInput.of(format).newDecoder(), event);
  }

  private static void export(EventDecoder decoder, byte[] event) {
    requireReadable(
        new Exporter(decoder, SampleModels.CONFIGS, ExportLimits.DEFAULT).export(event, true));
  }

  private static void requireReadable(Outcome outcome) {
    if (outcome instanceof Items items) {
      items.outcomes().forEach(FuzzTarget::requireReadable);
    }
    if (outcome instanceof Exported exported) {
      try {
        DataRecordReader.read(exported.record());
      } catch (MalformedRecordException e) {
        throw new AssertionError("the export wrote a record that cannot be read", e);
      }
    }
  }

  private static void restore(TypeInformation<?> type, byte[] bytes) {
    try {
      type.createSerializer(new SerializerConfigImpl())
          .deserialize(new DataInputDeserializer(bytes));
    } catch (IOException e) {
      // The documented refusal.
    }
  }

  private static KeyConfig restored(KeyConfig config) {
    try {
      return KeyConfigJson.read(KeyConfigJson.write(config));
    } catch (IOException e) {
      throw new AssertionError("the state cannot restore an accepted key config", e);
    }
  }

  private static void position(Runnable parse) {
    try {
      parse.run();
    } catch (IllegalArgumentException e) {
      require(e.getMessage() != null, "a refusal without a reason");
    }
  }

  private static void require(boolean law, String broken) {
    if (!law) {
      throw new AssertionError(broken);
    }
  }

  /** Key configs with each kind of tensor, so that events reach every branch of the export. */
  private static final class SampleModels {
    private static final String YAML =
        """
        model: user
        version: 1
        keys: [{name: a, key: 1, dtype: float, shape: [2], non-finite: reject}]
        ---
        model: item
        version: 2
        keys:
          - {name: a, key: 1, dtype: double, shape: [-1, 2], optional: true}
          - {name: b, key: 2, dtype: string, shape: [-1], optional: true}
        entity-id-feature: meta.id
        ---
        model: query
        version: 1
        keys:
          - {name: a, key: 1, dtype: float, shape: [-1], encoding: typed}
          - {name: b, key: 2, dtype: int64, shape: [1], encoding: typed, optional: true}
          - {name: c, key: 3, dtype: bool, shape: [2], optional: true}
        event-time-feature: meta.time
        """;

    private static final KeyConfigs CONFIGS = new KeyConfigs();

    static {
      try {
        Path file = Files.createTempFile("fuzz", ".yaml");
        Files.writeString(file, YAML);
        KeyConfigParser.parseAll(file).forEach(CONFIGS::set);
        Files.delete(file);
      } catch (InvalidKeyConfigException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
