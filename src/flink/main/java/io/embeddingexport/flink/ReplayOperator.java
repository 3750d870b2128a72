package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.flink.LetterInputs.LetterInput;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Input;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.PartitionProgress;
import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.flink.types.Replayed;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Decides the inputs of dead letters again, in the place of an {@link ExportOperator}. What becomes
 * a record goes on to the sink. A letter that is rejected again, or not chosen, only moves the
 * position: it is on its topic already, and a second one would be replayed in its turn.
 */
public final class ReplayOperator extends AbstractUdfStreamOperator<Output, ExportFunction>
    implements OneInputStreamOperator<Input, Output> {
  private static final long serialVersionUID = 1;

  private final LetterInputs letters;

  public ReplayOperator(ExportFunction function, LetterInputs letters) {
    super(function.withoutKeyConfigLetters());
    this.letters = letters;
  }

  @Override
  public void processElement(StreamRecord<Input> element) throws Exception {
    Input input = element.getValue();
    if (input instanceof Envelope letter) {
      applyKeyConfigs();
      output.collect(element.replace(replay(letter)));
    } else if (input instanceof PartitionStart start) {
      output.collect(element.replace(start));
    } else {
      output.collect(element.replace((PartitionProgress) input));
    }
  }

  private Output replay(Envelope letter) {
    PartitionProgress read =
        new PartitionProgress(letter.topic(), letter.partition(), letter.offset() + 1);
    LetterInput chosen = letters.of(letter);
    if (chosen == null) {
      userFunction.skip();
      return read;
    }
    Decision decision = userFunction.decideAgain(chosen.input(), chosen.item());
    if (decision.outcome() instanceof Rejected || decision.outcome() instanceof Skipped) {
      return read;
    }
    return new Replayed(
        decision.outcome() instanceof Items items ? decision.ofItems(items) : List.of(decision),
        read);
  }

  private void applyKeyConfigs() throws Exception {
    userFunction.emitRefused(
        letter -> {
          throw new IllegalStateException("a replay makes no dead letters of key configs");
        });
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    applyKeyConfigs();
  }
}
