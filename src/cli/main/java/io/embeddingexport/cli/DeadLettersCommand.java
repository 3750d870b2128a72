package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.JobArgumentOptions;
import io.embeddingexport.cli.console.StatusLine;
import io.embeddingexport.cli.console.StopSignal;
import io.embeddingexport.cli.letters.LetterListing;
import io.embeddingexport.cli.letters.LetterOptions;
import io.embeddingexport.cli.letters.LetterPlace;
import io.embeddingexport.cli.letters.LetterSummary;
import io.embeddingexport.cli.letters.LetterText;
import io.embeddingexport.cli.letters.LetterTopic;
import io.embeddingexport.cli.letters.LetterTrial;
import io.embeddingexport.cli.letters.ReplayPositions;
import io.embeddingexport.cli.letters.ReplayTally;
import io.embeddingexport.event.registry.RegistryUnavailableException;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.job.options.Replay;
import io.embeddingexport.kafka.letters.DeadLetter;
import io.embeddingexport.kafka.letters.LetterFilter;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dead-letters}: what was rejected, why, and what of it can become records now. */
@Command(
    name = "dead-letters",
    description = "See a job's dead letters, and replay them (docs/dead-letters.md).")
public final class DeadLettersCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "summary",
      description = {
        "Count the dead letters by reason, model and input topic, with the first and last time.",
        "It reads only committed messages, and changes nothing."
      },
      exitCodeList = {"0:counted", "1:the topic cannot be read", "2:wrong usage or options"})
  void summary(
      @Mixin JobArgumentOptions job,
      @Mixin LetterOptions letters,
      @Option(
              names = "--json",
              description =
                  "Print one object a line: letters, reason, model, input, first, last (ms since"
                      + " the epoch).")
          boolean json)
      throws Exception {
    LetterFilter filter = letters.filter();
    LetterTopic topic = new LetterTopic(JobSettings.of(job.arguments().options()));
    LetterSummary summary = new LetterSummary();
    LetterTopic.Count count = topic.read(filter, summary::add);
    if (json) {
      summary.printJson(out());
    } else {
      summary.print(out());
      out().println(line(count, filter, topic));
    }
  }

  @Command(
      name = "list",
      description = {
        "Print a line for each of the newest dead letters: where it is, its time, its input, model"
            + " and reason.",
        "It reads only committed messages, and prints nothing of their values."
      },
      exitCodeList = {"0:printed", "1:the topic cannot be read", "2:wrong usage or options"})
  void list(
      @Mixin JobArgumentOptions job,
      @Mixin LetterOptions letters,
      @Option(
              names = {"-n", "--count"},
              paramLabel = "N",
              defaultValue = "20",
              description = "How many of the newest (default: ${DEFAULT-VALUE}).")
          int most,
      @Option(
              names = "--json",
              description =
                  "Print one object a line: partition, offset, timestamp (ms since the epoch),"
                      + " input, model, reason.")
          boolean json)
      throws Exception {
    ArgumentCheck.require(spec, most > 0, "--count " + most + ": must be 1 or more");
    LetterFilter filter = letters.filter();
    LetterTopic topic = new LetterTopic(JobSettings.of(job.arguments().options()));
    LetterListing listing = new LetterListing(most);
    LetterTopic.Count count = topic.read(filter, listing::add);
    if (json) {
      listing.printJson(out());
    } else {
      listing.print(out());
      out().println(line(count, filter, topic));
    }
  }

  @Command(
      name = "show",
      description = {
        "Print one dead letter in full: its input's position, headers, key and value, why it was"
            + " rejected, and what it would become now. A caret marks the byte where decoding"
            + " ends.",
        "It prints payloads. It reads only committed messages, and changes nothing."
      },
      exitCodeList = {
        "0:printed",
        "1:there is no such letter, or the topic cannot be read",
        "2:wrong usage or options"
      })
  void show(
      @Mixin JobArgumentOptions job,
      @Parameters(
              arity = "1..2",
              paramLabel = "PLACE",
              description =
                  "PARTITION OFFSET of the letter, as list prints them; or its input, as list"
                      + " prints it: TOPIC:PARTITION:OFFSET, with #ITEM if it has one.")
          List<String> place,
      @Option(names = "--full", description = "Print all of a long value.") boolean full)
      throws Exception {
    LetterPlace wanted = LetterPlace.parse(place, spec);
    JobSettings settings = JobSettings.of(job.arguments().options());
    LetterTopic topic = new LetterTopic(settings);
    LetterText text = new LetterText(out(), full);
    List<DeadLetter> found = wanted.find(topic);
    try {
      LetterTrial trial = LetterTrial.of(settings, topic);
      for (DeadLetter letter : found) {
        if (letter != found.get(0)) {
          out().println();
        }
        text.print(letter, trial.show(letter));
      }
    } catch (RegistryUnavailableException e) {
      throw new CommandException(e.getMessage());
    }
  }

  @Command(
      name = "replay",
      description = {
        "Decide the inputs of dead letters again, and write those that become records now, exactly"
            + " once.",
        "It runs here until the end of the dead-letter topic, with its own positions. The same"
            + " command goes on after an interruption. A letter that is rejected again stays where"
            + " it is, and no second one is written."
      },
      exitCodeList = {
        "0:the end is reached, or the run was stopped and all it read is committed",
        "1:the run or a check before it failed",
        "2:wrong usage or options",
        "130, 143:stopped by Ctrl-C or SIGTERM before the job ran"
      })
  int replay(
      @Mixin JobArgumentOptions job,
      @Mixin LetterOptions letters,
      @Option(
              names = "--id",
              paramLabel = "NAME",
              description =
                  "Name of the replay. The same name, with the same filters, continues it; another"
                      + " begins at the first letter.")
          @Nullable String id,
      @Option(
              names = "--dry-run",
              description =
                  "Write nothing; print what the letters would become, and why others stay.")
          boolean dryRun)
      throws Exception {
    ArgumentCheck.require(spec, dryRun || id != null, "--id NAME or --dry-run: give one of them");
    LetterFilter filter = letters.filter();
    JobConfiguration options = job.arguments().options();
    return dryRun || id == null
        ? rehearse(JobSettings.of(options), filter)
        : run(new Replay(id, filter), options);
  }

  private int rehearse(JobSettings settings, LetterFilter filter)
      throws CommandException, InterruptedException {
    LetterTopic topic = new LetterTopic(settings);
    ReplayTally tally = new ReplayTally();
    try {
      LetterTrial trial = LetterTrial.of(settings, topic);
      LetterTopic.Count count =
          topic.read(filter, letter -> tally.add(letter, trial.decide(letter)));
      tally.print(out());
      out().println(line(count, filter, topic));
    } catch (RegistryUnavailableException e) {
      throw new CommandException(e.getMessage());
    }
    out()
        .println(
            String.format(
                Locale.ROOT,
                "dry run: nothing is written; %,d would be replayed, %,d would stay",
                tally.replayed(),
                tally.stay()));
    return 0;
  }

  private static int run(Replay replay, JobConfiguration options) throws Exception {
    try (StopSignal stop = StopSignal.install(JobRun.NOT_RUN)) {
      JobSettings settings = replay.settings(options).on(JobCommands.cluster());
      StatusLine status = StatusLine.onStandardError();
      status.message(
          "%s: %s, group %s"
              .formatted(settings.name(), replay.letters(), settings.source().groupId()));
      if (ReplayPositions.areAtTheEnd(replay, settings)) {
        status.message("nothing left: the end of the topic is reached");
        return 0;
      }
      return new JobRun(settings, status, false).untilEnd(stop);
    }
  }

  private static String line(LetterTopic.Count count, LetterFilter filter, LetterTopic topic) {
    String others =
        count.others() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d other messages", count.others());
    return String.format(
        Locale.ROOT,
        "%,d of %,d letters on topic %s (%s)%s",
        count.chosen(),
        count.letters(),
        topic.name(),
        filter,
        others);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
