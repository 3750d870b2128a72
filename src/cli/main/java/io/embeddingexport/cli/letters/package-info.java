/** Dead letters for a person: how many there are, one of them in full, what each would be now. */
@NullMarked
package io.embeddingexport.cli.letters;

import org.jspecify.annotations.NullMarked;
