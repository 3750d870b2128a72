package io.embeddingexport.event;

/** The outcome of decoding a message. */
public sealed interface DecodeResult permits Event, Deletion, DecodeFailure, DecodedItems {}
