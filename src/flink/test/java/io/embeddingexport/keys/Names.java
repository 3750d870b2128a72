package io.embeddingexport.keys;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** Every kind of name that a key config may have. */
final class Names implements ArbitrarySupplier<String> {
  @Override
  public Arbitrary<String> get() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withCharRange('\u00a0', '\ud7ff')
        .withCharRange('\ue000', '\uffff')
        .ofMinLength(1)
        .ofMaxLength(100)
        // jqwik's @NotBlank lets blanks such as U+2003 pass.
        .filter(name -> !name.isBlank());
  }
}
