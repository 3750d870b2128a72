package io.embeddingexport.event.kserve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.KnownModels;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.EventMapping.AllIn;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.FieldPath.Field;
import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.mapping.ValueSource;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.plan.MappedEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decodes KServe v2 responses: each row of a batch is an event. The mapping's paths name outputs;
 * {@code model} may also name {@code model_name}, {@code model_version} or {@code id}.
 */
public final class KserveDecoder implements EventDecoder {
  private final EventMapping mapping;
  private final MappedEvent parts;

  /** The output of each target; null if it is from elsewhere. */
  private final @Nullable String[] names;

  private final int modelText;
  private final KserveResponse.Form form;

  /**
   * @param form makes a reader of responses, given the names of the outputs that are wanted
   * @throws InvalidSchemaException if paths of the mapping cannot be those of a response
   */
  private KserveDecoder(EventMapping mapping, Function<Set<String>, KserveResponse.Form> form)
      throws InvalidSchemaException {
    List<String> problems = new ArrayList<>();
    EventPlan plan = EventPlan.of(mapping);
    this.mapping = mapping;
    this.parts = plan.newEvent();
    this.names = new String[EventPlan.FIRST_TENSOR + plan.tensors().size()];
    names[EventPlan.ENTITY_ID] = name(mapping.entityId(), problems);
    names[EventPlan.EVENT_TIME] = name(mapping.eventTime(), problems);
    names[EventPlan.KEY_CONFIG_VERSION] = name(mapping.keyConfigVersion(), problems);
    for (int i = 0; i < plan.tensors().size(); i++) {
      names[EventPlan.FIRST_TENSOR + i] = name(plan.tensors().get(i).source(), problems);
    }
    if (mapping.tensors() instanceof AllIn all) {
      problems.add(all.path() + ".* is no list of outputs; write NAME: OUTPUT for each tensor");
    }
    Set<String> wanted = new LinkedHashSet<>();
    for (String name : names) {
      if (name != null) {
        wanted.add(name);
      }
    }
    String model = name(mapping.model(), problems);
    this.modelText = model == null ? 0 : KserveResponse.TEXTS.getOrDefault(model, 0);
    this.form = form.apply(wanted);
    if (model != null && modelText == 0) {
      problems.add(
          "model: "
              + model
              + " is neither model_name, model_version nor id of a response; write"
              + " one of them, or {constant: NAME}");
    }
    if (!problems.isEmpty()) {
      throw new InvalidSchemaException("a KServe v2 response", problems);
    }
  }

  /**
   * A decoder of responses in Protobuf.
   *
   * @throws InvalidSchemaException if paths of the mapping cannot be those of a response
   */
  public static KserveDecoder ofProtobuf(EventMapping mapping) throws InvalidSchemaException {
    return new KserveDecoder(mapping, KserveProtobuf::new);
  }

  /** The same of responses in JSON. */
  public static KserveDecoder ofJson(EventMapping mapping) throws InvalidSchemaException {
    return new KserveDecoder(mapping, wanted -> new KserveJson(wanted::contains));
  }

  private static @Nullable String name(@Nullable ValueSource source, List<String> problems) {
    if (!(source instanceof AtPath at)) {
      return null;
    }
    FieldPath path = at.path();
    if (path.steps().size() > 1) {
      problems.add(path + " has several steps; write the name of an output");
    }
    return ((Field) path.steps().get(0)).name();
  }

  @Override
  public boolean isNative(byte[] value) {
    return form.isNative(value);
  }

  @Override
  public DecodeResult decode(EventMessage message, KnownModels models) {
    byte[] value = Objects.requireNonNull(message.value());
    try {
      KserveResponse response = form.read(value);
      KserveOutput[] outputs = outputs(response);
      int rows = rows(outputs);
      List<DecodeResult> items = new ArrayList<>(rows);
      int[] cursors = new int[outputs.length];
      for (int i = 0; i < outputs.length; i++) {
        cursors[i] = outputs[i] == null ? 0 : outputs[i].from();
      }
      for (int row = 0; row < rows; row++) {
        items.add(item(response, outputs, row, cursors, message, models));
      }
      return new DecodedItems(items);
    } catch (BadEventException e) {
      return new DecodeFailure(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable KserveOutput[] outputs(KserveResponse response) throws BadEventException {
    @Nullable KserveOutput[] outputs = new KserveOutput[names.length];
    for (int target = 0; target < names.length; target++) {
      outputs[target] = names[target] == null ? null : response.output(names[target]);
      if (outputs[target] != null
          && !EventPlan.isTensor(target)
          && outputs[target].rowElements() != 1) {
        throw new BadEventException(
            "output "
                + names[target]
                + " has "
                + outputs[target].rowElements()
                + " elements a row; only a tensor may have more than one");
      }
    }
    if (names[EventPlan.ENTITY_ID] != null && outputs[EventPlan.ENTITY_ID] == null) {
      throw new BadEventException(
          "the response has no output "
              + names[EventPlan.ENTITY_ID]
              + ", which gives the entity id");
    }
    return outputs;
  }

  private int rows(@Nullable KserveOutput[] outputs) throws BadEventException {
    KserveOutput first = null;
    for (KserveOutput output : outputs) {
      if (output != null && first != null && output.rows() != first.rows()) {
        throw new BadEventException(
            "output "
                + first.name()
                + " has "
                + first.rows()
                + " rows, but "
                + output.name()
                + " has "
                + output.rows()
                + "; the first dimension is the batch");
      }
      first = first == null ? output : first;
    }
    if (first == null || first.rows() == 0) {
      throw new BadEventException("the response has no rows of the outputs that the mapping names");
    }
    if (outputs[EventPlan.ENTITY_ID] == null && first.rows() > 1) {
      throw new BadEventException(
          "the response has "
              + first.rows()
              + " rows, but "
              + mapping.entityId()
              + " gives one entity id; take it from an output");
    }
    return first.rows();
  }

  private DecodeResult item(
      KserveResponse response,
      @Nullable KserveOutput[] outputs,
      int row,
      int[] cursors,
      EventMessage message,
      KnownModels models) {
    parts.begin(models);
    BadEventException problem = null;
    for (int target = 0; target < outputs.length; target++) {
      KserveOutput output = outputs[target];
      if (output != null) {
        int from = cursors[target];
        int to = rowEnd(output, from);
        cursors[target] = to;
        try {
          part(target, output, row, from, to);
        } catch (BadEventException e) {
          problem = problem == null ? e : problem;
        }
      }
    }
    try {
      if (problem != null) {
        throw problem;
      }
      if (modelText != 0 && response.text(modelText) != null) {
        byte[] model = response.text(modelText).getBytes(UTF_8);
        parts.text(EventPlan.MODEL, model, 0, model.length);
      }
      if (!(parts.finish(message) instanceof Event event)) {
        throw new BadEventException("a response deletes nothing; remove delete from the mapping");
      }
      MappedTensors own =
          ((MappedTensors) event.tensors()).copy(Objects.requireNonNull(message.value()));
      return new Event(
          event.entityId(),
          event.entityName(),
          event.entityText(),
          event.eventTimeMillis(),
          event.model(),
          event.known(),
          event.keyConfigVersion(),
          own);
    } catch (BadEventException e) {
      return new DecodeFailure("row " + row + ": " + e.getMessage());
    }
  }

  private static int rowEnd(KserveOutput output, int from) {
    if (output.type() != KserveType.BYTES) {
      return from + output.rowBytes();
    }
    int end = from;
    for (int i = 0; i < output.rowElements(); i++) {
      end += Integer.BYTES + output.stringLength(end);
    }
    return end;
  }

  private void part(int target, KserveOutput output, int row, int from, int to)
      throws BadEventException {
    ElementType element = output.element();
    if (!EventPlan.isTensor(target)) {
      if (element == null) {
        parts.text(target, output.payload(), from + Integer.BYTES, to);
      } else {
        parts.whole(target, output.whole(row));
      }
      return;
    }
    if (output.type() == KserveType.UINT64) {
      throw new BadEventException(
          "output " + output.name() + " has UINT64 elements, which no record can hold; send INT64");
    }
    TensorSource source = parts.tensor(target).source();
    String misfit = source.misfit(element);
    if (misfit != null) {
      throw new BadEventException("output " + output.name() + " " + misfit);
    }
    if (element != null) {
      parts.tensor(target).run(element, output.payload(), from, to - from);
    } else {
      parts.tensor(target).set(output.strings(from, to));
    }
  }
}
