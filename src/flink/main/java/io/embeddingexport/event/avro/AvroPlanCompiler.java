package io.embeddingexport.event.avro;

import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.PathTree;
import io.embeddingexport.text.Suggestion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Compiles one schema with a plan. A path goes through a union to each branch that has it; it is
 * missing only if none has.
 */
final class AvroPlanCompiler {
  private final EventPlan plan;
  private final ScalarSteps scalars;
  private final SkippedTypes skipped = new SkippedTypes();

  /** Targets that some branch has. */
  private final BitSet found = new BitSet();

  /** Why a target is not where its path says, by target. */
  private final SortedMap<Integer, String> absent = new TreeMap<>();

  /** Why a value cannot be its target, by target. */
  private final SortedMap<Integer, String> misfits = new TreeMap<>();

  /** Maps that the value being compiled is in. */
  private int maps;

  AvroPlanCompiler(EventPlan plan) {
    this.plan = plan;
    this.scalars = new ScalarSteps(plan.mapping());
  }

  /** The step that reads an event; it must not be used if there are problems. */
  AvroStep compile(Schema schema) {
    return value(schema, plan.root(), "");
  }

  /** What the schema has in a wrong form, and what it lacks although no event can do without. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    int listed = 0;
    for (int target : targets(plan.root())) {
      boolean isMisfit = !found.get(target) && misfits.containsKey(target);
      boolean isRequired = target <= EventPlan.MODEL || target == EventPlan.ALL_TENSORS;
      if (isMisfit) {
        problems.add(misfits.get(target));
      } else if (!found.get(target) && isRequired) {
        problems.add(absent.get(target));
      }
      listed += EventPlan.isTensor(target) && !found.get(target) && !isMisfit ? 1 : 0;
    }
    if (listed > 0 && listed == plan.tensors().size()) {
      problems.addAll(absent.tailMap(EventPlan.FIRST_TENSOR).values());
    }
    skipped.finish(problems);
    return problems;
  }

  /** What the schema lacks. */
  List<String> missing() {
    return absent.entrySet().stream()
        .filter(entry -> !found.get(entry.getKey()) && !misfits.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private AvroStep value(Schema schema, PathTree node, String path) {
    if (schema.getType() == Schema.Type.UNION) {
      return ContainerSteps.union(
          schema.getTypes().stream().map(branch -> value(branch, node, path)).toList());
    }
    if (schema.getType() == Schema.Type.NULL) {
      lacks(targets(node), path + " is always null");
      return skip(schema);
    }
    if (node.target() != PathTree.NO_TARGET) {
      return target(schema, node.target());
    }
    return switch (schema.getType()) {
      case RECORD -> record(schema, node, path);
      case MAP -> map(schema, node, path);
      case ARRAY -> array(schema, node, path);
      default -> {
        lacks(targets(node), "is " + AvroNames.of(schema) + ", which has nothing in it", path);
        yield skip(schema);
      }
    };
  }

  private AvroStep skip(Schema schema) {
    return ContainerSteps.skip(skipped.of(schema));
  }

  private AvroStep record(Schema schema, PathTree node, String path) {
    List<AvroStep> steps = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      PathTree inner = node.field(field.name());
      steps.add(
          inner == null
              ? skip(field.schema())
              : value(field.schema(), inner, join(path, field.name())));
    }
    List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
    for (String name : node.fieldNames()) {
      if (!names.contains(name)) {
        lacks(
            targets(node.field(name)),
            "has no field '" + name + "' in record " + schema.getFullName() + near(name, names),
            path);
      }
    }
    noItems(schema, node, path);
    return ContainerSteps.record(steps);
  }

  private static String near(String name, Collection<String> names) {
    String suggestion = Suggestion.of(name, names);
    return suggestion.isEmpty() ? "; it has " + String.join(", ", names) : suggestion;
  }

  private AvroStep map(Schema schema, PathTree node, String path) {
    Map<String, AvroStep> values = new HashMap<>();
    maps++;
    for (String key : node.fieldNames()) {
      values.put(key, value(schema.getValueType(), node.field(key), join(path, key)));
    }
    maps--;
    noItems(schema, node, path);
    return ContainerSteps.entries(values, skipped.of(schema.getValueType()));
  }

  private AvroStep array(Schema schema, PathTree node, String path) {
    SortedMap<Integer, AvroStep> items = new TreeMap<>();
    for (int index : node.itemIndexes()) {
      items.put(index, value(schema.getElementType(), node.item(index), path + "[" + index + "]"));
    }
    for (String name : node.fieldNames()) {
      lacks(
          targets(node.field(name)),
          "is an array; write " + path + "[0]." + name + " for the field of its first item",
          path);
    }
    return ContainerSteps.items(items, skipped.of(schema.getElementType()));
  }

  private void noItems(Schema schema, PathTree node, String path) {
    for (int index : node.itemIndexes()) {
      lacks(targets(node.item(index)), "is " + AvroNames.of(schema) + ", which has no items", path);
    }
  }

  private AvroStep target(Schema schema, int target) {
    String name = plan.name(target);
    if (target == EventPlan.ALL_TENSORS) {
      AllTensorSteps all = new AllTensorSteps(name);
      AvroStep step = all.of(schema);
      return all.misfits().isEmpty()
          ? found(target, step)
          : unfit(target, String.join(", and ", all.misfits()));
    }
    if (EventPlan.isTensor(target)) {
      TensorSource source = plan.tensors().get(target - EventPlan.FIRST_TENSOR);
      TensorForms.Form form = TensorForms.of(schema, source);
      return form.tensor() != null
          ? found(target, TensorForms.step(target, name, form.tensor()))
          : unfit(target, form.misfit());
    }
    String misfit = scalars.misfit(target, schema);
    return misfit == null ? found(target, ScalarSteps.read(target, schema)) : unfit(target, misfit);
  }

  private AvroStep found(int target, AvroStep step) {
    found.set(target);
    return maps == 0 ? step : ContainerSteps.once(target, plan.name(target), step);
  }

  /** A value that cannot be the target: a problem if no other branch can. */
  private AvroStep unfit(int target, String misfit) {
    String problem = plan.name(target) + " " + misfit;
    misfits.putIfAbsent(target, problem);
    return ContainerSteps.refuse(problem);
  }

  private void lacks(List<Integer> targets, String problem, String path) {
    lacks(targets, (path.isEmpty() ? "the event" : path) + " " + problem);
  }

  private void lacks(List<Integer> targets, String problem) {
    for (int target : targets) {
      absent.putIfAbsent(target, plan.name(target) + ": " + problem);
    }
  }

  /** The targets of a node and those under it. */
  private static List<Integer> targets(PathTree node) {
    List<Integer> targets = new ArrayList<>();
    if (node.target() != PathTree.NO_TARGET) {
      targets.add(node.target());
    }
    node.fieldNames().forEach(name -> targets.addAll(targets(node.field(name))));
    node.itemIndexes().forEach(index -> targets.addAll(targets(node.item(index))));
    return targets.stream().sorted().toList();
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
