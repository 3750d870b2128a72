package io.embeddingexport.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.kafka.letters.DeadLetter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReplayTallyTest {

  private static DeadLetter letter(String reason, String model, long offset, long millis) {
    Envelope message = new Envelope(null, null, Envelope.NO_HEADERS, millis, "letters", 0, offset);
    Envelope input = new Envelope(null, null, Envelope.NO_HEADERS, millis, "events", 3, offset);
    return new DeadLetter(message, reason, "", model, 0, input, -1);
  }

  private static List<String> printed(Consumer<PrintWriter> print) {
    StringWriter text = new StringWriter();
    print.accept(new PrintWriter(text, true));
    return text.toString().lines().toList();
  }

  @Test
  void eachReasonAndModelHasALineAndEachReasonToStayItsFirstLetter() {
    ReplayTally tally = new ReplayTally();
    Rejected dtype = new Rejected(RejectReason.DTYPE, "double, not float", "m", 2);
    tally.add(letter("shape", "m", 7, 0), Tombstone.INSTANCE);
    tally.add(letter("shape", "m", 8, 0), dtype);
    tally.add(letter("shape", "m", 9, 0), dtype);
    tally.add(letter("key-config-refused", null, 10, 0), Skipped.INSTANCE);

    assertThat(printed(tally::print))
        .containsExactly(
            "REASON              MODEL  LETTERS  REPLAYED  STAY  WHY NOW",
            "key-config-refused  -            1         0     1  skipped 1",
            "shape               m            3         1     2  dtype 2",
            "  letters-0@10: skipped: not replayed: a refused key config is no event, and"
                + " export.models skips other models",
            "  letters-0@8: dtype: double, not float");
    assertThat(tally.replayed()).isEqualTo(1);
    assertThat(tally.stay()).isEqualTo(3);
  }

  @Test
  void withoutLettersNothingIsPrinted() {
    assertThat(printed(new ReplayTally()::print)).isEmpty();
    assertThat(printed(new LetterListing(1)::print)).isEmpty();
    assertThat(printed(new LetterSummary()::print)).isEmpty();
  }

  @Test
  void aListHasTheNewestTheLastAtTheEnd() {
    LetterListing listing = new LetterListing(2);
    listing.add(letter("shape", "m", 1, 3000));
    listing.add(letter("dtype", null, 2, 1000));
    listing.add(letter("shape\u001b[2J", "m", 3, 2000));

    assertThat(printed(listing::print))
        .containsExactly(
            "PARTITION  OFFSET  TIME                  INPUT       MODEL  REASON",
            "        0       3  1970-01-01T00:00:02Z  events:3:3  m      shape?[2J",
            "        0       1  1970-01-01T00:00:03Z  events:3:1  m      shape");
    assertThat(printed(listing::printJson))
        .hasSize(2)
        .endsWith(
            "{\"partition\":0,\"offset\":1,\"timestamp\":3000,\"input\":\"events:3:1\","
                + "\"model\":\"m\",\"reason\":\"shape\"}");
  }

  @Test
  void asJsonASummaryHasOneObjectALine() {
    LetterSummary summary = new LetterSummary();
    summary.add(letter("shape", null, 1, 3000));
    summary.add(letter("shape", null, 2, 1000));

    assertThat(printed(summary::printJson))
        .containsExactly(
            "{\"letters\":2,\"reason\":\"shape\",\"model\":null,\"input\":\"events\","
                + "\"first\":1000,\"last\":3000}");
  }
}
