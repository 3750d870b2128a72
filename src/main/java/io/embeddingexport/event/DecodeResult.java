package io.embeddingexport.event;

/** What became of an event's bytes. */
public sealed interface DecodeResult permits Event, DecodeFailure {}
