package io.embeddingexport.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.chaos.ledger.LedgerConfig;
import io.embeddingexport.chaos.run.ConfigVersions.Garbage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ConfigVersionsTest {
  private static final int MODELS = 3;

  @Property(tries = 50)
  void eachVersionOfAModelShouldBeTheNextOne(@ForAll long seed) {
    ConfigVersions versions = versions(seed);
    List<LedgerConfig> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.addAll(versions.nextOfAll());
      all.add(versions.nextOfOne());
    }
    for (int model = 0; model < MODELS; model++) {
      int number = model;
      List<Long> ofOne =
          all.stream()
              .filter(config -> config.model() == number)
              .map(LedgerConfig::version)
              .toList();
      assertThat(ofOne).isSorted().doesNotHaveDuplicates().startsWith(1L);
      assertThat(ofOne.get(ofOne.size() - 1)).isEqualTo(ofOne.size());
    }
    assertThat(versions.published()).isEqualTo(all.size());
  }

  @Property(tries = 50)
  void whatIsOldShouldHaveBeenPublishedBefore(@ForAll long seed) {
    ConfigVersions versions = versions(seed);
    List<LedgerConfig> all = new ArrayList<>(versions.nextOfAll());
    for (int i = 0; i < 20; i++) {
      all.add(versions.nextOfOne());
      assertThat(all).containsAll(versions.oldOfAll()).contains(versions.newestOfOne());
    }
  }

  @Property(tries = 20)
  void noTwoThingsThatMustBeRefusedShouldBeEqual(@ForAll long seed) {
    ConfigVersions versions = versions(seed);
    versions.nextOfAll();
    List<Garbage> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.addAll(versions.garbage());
    }
    assertThat(all)
        .extracting(garbage -> new String(garbage.value(), StandardCharsets.ISO_8859_1))
        .doesNotHaveDuplicates();
    assertThat(all)
        .extracting(Garbage::model)
        .allMatch(model -> model.matches("model-[0-2]"))
        .contains("model-0", "model-1", "model-2");
  }

  private static ConfigVersions versions(long seed) {
    return new ConfigVersions(new SplittableRandom(seed), MODELS, 4);
  }
}
