/** What is done to the system under test: each fault, and which come when. */
package io.embeddingexport.chaos.fault;
