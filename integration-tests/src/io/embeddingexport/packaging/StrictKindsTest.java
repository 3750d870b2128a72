package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kinds for which no registry has a JSON schema, read into the classes of those who define
 * them. {@code .ci/k8s} checks all other kinds with kubeconform.
 */
class StrictKindsTest {
  /** Objects whose names are free. */
  private static final Set<String> FREE = Set.of("labels", "annotations", "matchLabels", "config");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // The classes keep unknown fields by an any-setter; without it they are refused.
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return Boolean.FALSE;
                }
              })
          .build();

  @ParameterizedTest
  @ValueSource(
      classes = {KafkaTopic.class, KafkaUser.class, PodMonitor.class, PrometheusRule.class})
  void everyFieldIsKnownAndEveryValueKept(Class<?> kind) {
    assertThat(Manifests.ofKind(kind.getSimpleName()))
        .isNotEmpty()
        .allSatisfy(resource -> assertThat(writtenAgain(resource, kind)).isEqualTo(resource));
  }

  /** This check would find a mistyped field, wherever it is. */
  @ParameterizedTest
  @ValueSource(
      classes = {KafkaTopic.class, KafkaUser.class, PodMonitor.class, PrometheusRule.class})
  void aMistypedFieldIsFound(Class<?> kind) {
    for (JsonNode resource : Manifests.ofKind(kind.getSimpleName())) {
      List<JsonNode> mistyped = new ArrayList<>();
      mistype(resource, resource, mistyped);

      assertThat(mistyped).hasSizeGreaterThan(5);
      assertThat(mistyped)
          .allSatisfy(
              copy ->
                  assertThat(catchException(() -> writtenAgain(copy, kind)))
                      .as(copy.toString())
                      .isInstanceOf(JsonProcessingException.class));
    }
  }

  private static JsonNode writtenAgain(JsonNode resource, Class<?> kind)
      throws JsonProcessingException {
    return MAPPER.readTree(MAPPER.writeValueAsString(MAPPER.treeToValue(resource, kind)));
  }

  /**
   * Adds a copy of {@code root} for each field at or below {@code node}, with that one mistyped.
   */
  private static void mistype(JsonNode root, JsonNode node, List<JsonNode> copies) {
    if (node instanceof ArrayNode) {
      node.forEach(element -> mistype(root, element, copies));
    }
    if (node instanceof ObjectNode object) {
      for (String field : List.copyOf(fields(object))) {
        JsonNode value = object.remove(field);
        object.set(field + 'x', value);
        copies.add(root.deepCopy());
        object.remove(field + 'x');
        object.set(field, value);
        if (!FREE.contains(field)) {
          mistype(root, value, copies);
        }
      }
    }
  }

  private static List<String> fields(ObjectNode object) {
    List<String> fields = new ArrayList<>();
    object.fieldNames().forEachRemaining(fields::add);
    return fields;
  }
}
