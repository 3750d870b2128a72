package io.embeddingexport.event.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.registry.RegistryListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/mappings.md}. */
class MappingsPageTest {
  private static final Pattern BLOCK =
      Pattern.compile("```(yaml mapping|json event)\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyMappingShouldBeValidAndReadTheEventBelowIt() throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/mappings.md")));
    EventInput input = null;
    int mappings = 0;
    int events = 0;
    while (block.find()) {
      if (block.group(1).startsWith("yaml")) {
        input = EventInput.parse("docs/mappings.md", block.group(2).getBytes(UTF_8));
        mappings++;
      } else {
        EventDecoder decoder = input.newDecoder(Map.of(), RegistryListener.NONE);
        DecodeResult result = decoder.decode(block.group(2).getBytes(UTF_8));
        List<DecodeResult> items =
            result instanceof DecodedItems batch ? batch.items() : List.of(result);
        assertThat(items).isNotEmpty().allMatch(item -> item instanceof Event);
        events++;
      }
    }

    assertThat(mappings).isEqualTo(6);
    assertThat(events).isEqualTo(3);
  }
}
