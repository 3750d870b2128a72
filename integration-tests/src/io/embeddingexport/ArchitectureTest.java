package io.embeddingexport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.embeddingexport.datarecord.TensorReader;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The layers of the design, kept by the build. Dependencies point down only:
 *
 * <pre>
 * cli → job → kafka, flink → export → event, keys → datarecord, text
 * cli → local and audit, which need none of ours; kafka → consumer → datarecord
 * table → keys, consumer; serde → datarecord: nothing needs these two
 * </pre>
 */
@AnalyzeClasses(
    packages = "io.embeddingexport",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /** Fixtures come to this module in jars. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String[] JDK = {
    "java..", "javax.net..", "org.jspecify.annotations..", "org.apache.flink.annotation.."
  };
  private static final String[] THRIFT = {"org.apache.thrift..", "io.embeddingexport.thrift.."};
  private static final String[] AVRO = {"org.apache.avro.."};
  private static final String[] JACKSON = {"com.fasterxml.jackson..", "org.yaml.snakeyaml.."};

  /**
   * Flink without its connectors, the Kryo that Flink passes to serializers, and Kafka's message
   * headers, which envelopes pass on uncopied.
   */
  private static final String[] FLINK = {
    "org.apache.flink.api..",
    "org.apache.flink.configuration..",
    "org.apache.flink.core..",
    "org.apache.flink.metrics..",
    "org.apache.flink.runtime..",
    "org.apache.flink.streaming.api..",
    "org.apache.flink.streaming.runtime.streamrecord..",
    "org.apache.flink.util..",
    "com.esotericsoftware.kryo..",
    "org.apache.kafka.common.header..",
    "org.slf4j..",
  };

  @ArchTest static final ArchRule datarecordNeedsThriftAtMost = onlyUses("datarecord", THRIFT);

  @ArchTest static final ArchRule wireNeedsNothing = onlyUses("datarecord.wire");

  /** Its classes are public only because they cannot be visible to these packages alone. */
  @ArchTest
  static final ArchRule wireIsInternal =
      noClasses()
          .that()
          .resideOutsideOfPackages(ours("datarecord", "event", "export"))
          .and()
          .doNotHaveFullyQualifiedName("io.embeddingexport.flink.types.ThriftBinary")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.embeddingexport.datarecord.wire..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(TensorReader.class);

  @ArchTest static final ArchRule textNeedsJacksonAtMost = onlyUses("text", JACKSON);

  @ArchTest
  static final ArchRule keysNeedDatarecordAndJackson =
      onlyUses("keys", JACKSON, ours("datarecord", "text"));

  /** Libraries of schemas; each is used by its own format alone. */
  private static final String[] PROTOBUF = {
    "com.google.protobuf..", "com.squareup.wire..", "okio..", "kotlin.."
  };

  @ArchTest
  static final ArchRule eventNeedsDatarecordAndJackson =
      onlyUses("event", JACKSON, AVRO, PROTOBUF, ours("datarecord", "text"));

  /** Samples are written with the libraries of their formats. */
  private static final String SAMPLES = "io.embeddingexport.cli.samples.mapped..";

  /** Who reads no Avro events needs no library for them. */
  @ArchTest
  static final ArchRule onlyAvroEventsNeedAvro =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.embeddingexport.event.avro..", SAMPLES)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.avro..");

  @ArchTest
  static final ArchRule onlyProtobufEventsNeedProtobuf =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.embeddingexport.event.protobuf..", SAMPLES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROTOBUF);

  @ArchTest
  static final ArchRule exportNeedsWhatIsBelowIt =
      onlyUses("export", ours("datarecord", "text", "keys", "event"));

  @ArchTest
  static final ArchRule consumersNeedRecordsAndKafkasClient =
      onlyUses("consumer", new String[] {"org.apache.kafka.."}, ours("datarecord"));

  @ArchTest
  static final ArchRule serdesNeedRecordsThriftAndKafkasClient =
      onlyUses("serde", new String[] {"org.apache.kafka.."}, THRIFT, ours("datarecord"));

  /** A checker that used the code it checks would repeat its mistakes. */
  @ArchTest
  static final ArchRule auditsNeedKafkasClientAlone =
      onlyUses("audit", new String[] {"org.apache.kafka.."});

  @ArchTest
  static final ArchRule flinkNeedsNoConnector =
      onlyUses("flink", FLINK, THRIFT, ours("datarecord", "text", "keys", "event", "export"));

  /**
   * What a Flink cluster has, and Flink's connector for Kafka with its client, in three classes.
   */
  @ArchTest
  static final ArchRule tableNeedsRecordsAndFlinksTables =
      onlyUses(
          "table",
          FLINK,
          new String[] {
            "org.apache.flink.table..",
            "org.apache.flink.streaming.connectors.kafka.table..",
            "org.apache.kafka.."
          },
          ours("datarecord", "text", "keys", "consumer"));

  /** A table without a key-config topic needs no Kafka client. */
  @ArchTest
  static final ArchRule onlyTheScanOfATopicNeedsKafkasClient =
      noClasses()
          .that()
          .resideInAPackage("io.embeddingexport.table..")
          .and()
          .doNotHaveSimpleName("KeyConfigTopicScan")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "io.embeddingexport.consumer..");

  @ArchTest static final ArchRule nothingNeedsTable = nothingElseUses("table");

  @ArchTest static final ArchRule nothingNeedsSerde = nothingElseUses("serde");

  @ArchTest
  static final ArchRule kafkaKnowsNothingAboveIt =
      noClasses()
          .that()
          .resideInAPackage("io.embeddingexport.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ours("job", "cli"));

  @ArchTest
  static final ArchRule localNeedsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.embeddingexport.local..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ours(
                  "datarecord",
                  "consumer",
                  "serde",
                  "text",
                  "keys",
                  "event",
                  "export",
                  "flink",
                  "table",
                  "kafka",
                  "job",
                  "audit",
                  "cli"));

  @ArchTest
  static final ArchRule onlyCommandsNeedLocal =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.embeddingexport.cli..", "io.embeddingexport.local..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.embeddingexport.local..");

  @ArchTest
  static final ArchRule nothingKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.embeddingexport.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.embeddingexport.cli..", "picocli..");

  /** At every level: neither does a package need one under it that needs it. */
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.embeddingexport.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule layersHaveNoCycles =
      slices().matching("io.embeddingexport.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesSayWhatTheyAreFor =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..")
          .because("such a package has no one reason to exist");

  @ArchTest
  static final ArchRule classesSayWhatTheyAre =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helper|Manager)")
          .because("such a name says nothing");

  @ArchTest
  static final ArchRule lettersChangeTheirCaseInAStatedLocale =
      noClasses()
          .should()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .because("a Turkish i has no dot");

  /** Flink would send or store them by Java serialization; functions carry their JSON instead. */
  @ArchTest
  static final ArchRule valuesAreNotSerializable =
      noClasses()
          .that()
          .resideInAnyPackage(ours("datarecord", "text", "keys", "event", "export"))
          .and()
          .areNotEnums()
          .and()
          .areNotAssignableTo(Throwable.class)
          .should()
          .beAssignableTo(Serializable.class);

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.embeddingexport.cli..")
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule nothingLogsByJavaUtilLogging =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  /** The classes of {@code layer} depend on the JDK, themselves and {@code packages} at most. */
  private static ArchRule onlyUses(String layer, String[]... packages) {
    String[] allowed =
        Stream.concat(
                Stream.concat(Stream.of(ours(layer)), Stream.of(JDK)),
                Stream.of(packages).flatMap(Arrays::stream))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAnyPackage(ours(layer))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  private static ArchRule nothingElseUses(String layer) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(ours(layer))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ours(layer));
  }

  private static String[] ours(String... layers) {
    return Stream.of(layers)
        .map(layer -> "io.embeddingexport." + layer + "..")
        .toArray(String[]::new);
  }
}
