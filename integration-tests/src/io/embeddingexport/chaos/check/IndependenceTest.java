package io.embeddingexport.chaos.check;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A checker that used the code it checks would repeat its mistakes. */
@AnalyzeClasses(
    packages = {
      "io.embeddingexport.audit",
      "io.embeddingexport.chaos.check",
      "io.embeddingexport.chaos.ledger"
    })
class IndependenceTest {
  @ArchTest
  static final ArchRule checkerAndLedgerShareNoCodeWithTheProject =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.embeddingexport.datarecord..",
              "io.embeddingexport.keys..",
              "io.embeddingexport.event..",
              "io.embeddingexport.export..",
              "io.embeddingexport.flink..",
              "io.embeddingexport.kafka..",
              "io.embeddingexport.job..",
              "io.embeddingexport.cli..",
              "io.embeddingexport.thrift..",
              "org.apache.thrift..");
}
