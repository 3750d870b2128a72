/**
 * What a chaos run feeds in, made anew from a number by whoever needs it; by hand, without the
 * project's own code.
 */
package io.embeddingexport.chaos.ledger;
