/** Whether what came out is right: a checker that shares no code with what it checks. */
package io.embeddingexport.chaos.check;
