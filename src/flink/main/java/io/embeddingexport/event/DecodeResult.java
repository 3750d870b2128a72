package io.embeddingexport.event;

/** The outcome of decoding an event's bytes. */
public sealed interface DecodeResult permits Event, DecodeFailure {}
