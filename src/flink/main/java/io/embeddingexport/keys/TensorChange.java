package io.embeddingexport.keys;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.keys.KeySpec.NonFinite;
import io.embeddingexport.text.SafeText;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** One difference in one tensor. */
public sealed interface TensorChange extends KeyConfigChange {

  /**
   * An added tensor.
   *
   * @param position its place in the new config, from 0
   */
  record Added(int position, KeySpec spec) implements TensorChange {
    @Override
    public String text() {
      return title(position, spec) + (spec.optional() ? ", optional" : "");
    }

    @Override
    public Set<AffectedClients> affects() {
      return Set.of(
          spec.optional() ? AffectedClients.SENDERS_BY_POSITION : AffectedClients.SENDERS);
    }
  }

  /**
   * A removed tensor.
   *
   * @param position its place in the old config, from 0
   */
  record Removed(int position, KeySpec spec) implements TensorChange {
    @Override
    public String text() {
      return title(position, spec);
    }

    @Override
    public Set<AffectedClients> affects() {
      return EnumSet.of(AffectedClients.READERS, AffectedClients.SENDERS);
    }
  }

  /** The same key under another name. */
  record Renamed(String from, String to) implements TensorChange {
    @Override
    public String text() {
      return SafeText.quoted(from) + ": name → " + SafeText.quoted(to);
    }

    @Override
    public Set<AffectedClients> affects() {
      return Set.of(AffectedClients.SENDERS_BY_NAME);
    }
  }

  /** The same name under another key. */
  record Rekeyed(String name, long from, long to) implements TensorChange {
    @Override
    public String text() {
      return SafeText.quoted(name) + ": key " + from + " → " + to;
    }

    @Override
    public Set<AffectedClients> affects() {
      return Set.of(AffectedClients.READERS);
    }
  }

  /** A different element type. */
  record Retyped(String name, DataType from, DataType to) implements TensorChange {
    @Override
    public String text() {
      return SafeText.quoted(name) + ": dtype " + lower(from) + " → " + lower(to);
    }

    @Override
    public Set<AffectedClients> affects() {
      return EnumSet.of(AffectedClients.READERS, AffectedClients.SENDERS);
    }
  }

  /** A different shape. */
  record Reshaped(String name, Shape from, Shape to) implements TensorChange {
    @Override
    public String text() {
      return SafeText.quoted(name) + ": shape " + from + " → " + to;
    }

    /**
     * An open dimension accepts what senders sent before. A formerly open dimension gives readers
     * nothing they did not have to accept before.
     */
    @Override
    public Set<AffectedClients> affects() {
      Set<AffectedClients> affects = EnumSet.noneOf(AffectedClients.class);
      if (!takes(from, to)) {
        affects.add(AffectedClients.READERS);
      }
      if (!takes(to, from)) {
        affects.add(AffectedClients.SENDERS);
      }
      return affects;
    }

    private static boolean takes(Shape wide, Shape narrow) {
      if (wide.rank() != narrow.rank()) {
        return false;
      }
      for (int i = 0; i < wide.rank(); i++) {
        if (wide.dim(i) != Shape.ANY && wide.dim(i) != narrow.dim(i)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Changes from raw to typed, or back. */
  record Reencoded(String name, boolean typed) implements TensorChange {
    @Override
    public String text() {
      return SafeText.quoted(name) + ": encoding " + (typed ? "raw → typed" : "typed → raw");
    }

    @Override
    public Set<AffectedClients> affects() {
      return Set.of(AffectedClients.READERS);
    }
  }

  /** Events may omit it, or no longer may. */
  record OptionalChanged(String name, boolean optional) implements TensorChange {
    @Override
    public String text() {
      return SafeText.quoted(name) + ": optional " + !optional + " → " + optional;
    }

    @Override
    public Set<AffectedClients> affects() {
      return Set.of(optional ? AffectedClients.READERS : AffectedClients.SENDERS_BY_NAME);
    }
  }

  /** NaN and infinities pass, or no longer do. */
  record NonFiniteChanged(String name, NonFinite from, NonFinite to) implements TensorChange {
    @Override
    public String text() {
      return SafeText.quoted(name) + ": non-finite " + lower(from) + " → " + lower(to);
    }

    @Override
    public Set<AffectedClients> affects() {
      return Set.of(to == NonFinite.ACCEPT ? AffectedClients.READERS : AffectedClients.SENDERS);
    }
  }

  /** The text for a whole tensor: {@code tensor 0 'a': key 7301, float [128]}. */
  private static String title(int position, KeySpec spec) {
    return "tensor "
        + position
        + " "
        + SafeText.quoted(spec.name())
        + ": key "
        + spec.key()
        + ", "
        + lower(spec.dataType())
        + " "
        + spec.shape()
        + (spec.encoding().isTyped() ? ", typed" : "");
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
