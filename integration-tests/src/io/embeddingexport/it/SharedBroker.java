package io.embeddingexport.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link Kafka} they share: one broker process for the whole run. */
public final class SharedBroker implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Kafka.class;
  }

  @Override
  public Kafka resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The root store closes it when all tests are over.
    return context
        .getRoot()
        .getStore(Namespace.create(SharedBroker.class))
        .getOrComputeIfAbsent(Kafka.class, type -> new Kafka(BrokerProcess.start()), Kafka.class);
  }
}
