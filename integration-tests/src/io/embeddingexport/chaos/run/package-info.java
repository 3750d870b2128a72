/** A run: traffic, faults in the order of a seed, and what the checker and the clock say of it. */
package io.embeddingexport.chaos.run;
