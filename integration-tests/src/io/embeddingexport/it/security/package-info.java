/** Brokers with TLS and logins: what the job and the commands say when the connection fails. */
@NullMarked
package io.embeddingexport.it.security;

import org.jspecify.annotations.NullMarked;
