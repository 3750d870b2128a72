/**
 * What a chaos run checks beside {@code io.embeddingexport.audit}: that two readers see the same,
 * and that nothing stays open. And the tests that check the checker.
 */
package io.embeddingexport.chaos.check;
