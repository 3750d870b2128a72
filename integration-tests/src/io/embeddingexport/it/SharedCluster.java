package io.embeddingexport.it;

import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.local.FlinkCluster;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of a class the {@link FlinkCluster} they share: one TaskManager of four slots.
 * Checks each test for the Kafka clients that it left open, and the class for all threads.
 */
public final class SharedCluster
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedCluster.class);
  private static final int SLOTS = 4;

  private final ThreadLeakCheck threads = ThreadLeakCheck.sharingACluster();

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    threads.beforeAll(context);
    context.getStore(NAMESPACE).put(FlinkCluster.class, FlinkCluster.start(1, SLOTS, 0));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    threads.beforeEach(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FlinkCluster.class;
  }

  @Override
  public FlinkCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getStore(NAMESPACE).get(FlinkCluster.class, FlinkCluster.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    threads.afterEach(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    context.getStore(NAMESPACE).remove(FlinkCluster.class, FlinkCluster.class).close();
    threads.afterAll(context);
  }
}
