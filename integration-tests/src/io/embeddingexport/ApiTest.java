package io.embeddingexport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What a program that depends on our jars may call: the public types of {@code datarecord} and
 * {@code consumer}, and those that are marked {@link PublicEvolving}. Every other public type is
 * public for our own packages only, and changes without notice.
 */
@AnalyzeClasses(
    packages = "io.embeddingexport",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ApiTest {
  private static final DescribedPredicate<JavaClass> API =
      DescribedPredicate.describe("API", ApiTest::isApi);

  @ArchTest
  static final ArchRule theApiNamesNoInternalType =
      members()
          .that()
          .areDeclaredInClassesThat(API)
          .and()
          .areNotPrivate()
          .and()
          .areNotAnnotatedWith(Internal.class)
          .should(nameOnlyTheApi());

  @ArchTest
  static final ArchRule theApiExtendsNoInternalType =
      classes().that(API).should(extendOnlyTheApi());

  private static boolean isApi(JavaClass type) {
    if (type.getEnclosingClass().isPresent()) {
      return type.getModifiers().contains(JavaModifier.PUBLIC)
          && isApi(type.getEnclosingClass().get());
    }
    return type.isAnnotatedWith(PublicEvolving.class)
        || type.getModifiers().contains(JavaModifier.PUBLIC)
            && !type.isAnnotatedWith(Internal.class)
            && (type.getPackageName().equals("io.embeddingexport.datarecord")
                || type.getPackageName().equals("io.embeddingexport.consumer"));
  }

  private static ArchCondition<JavaMember> nameOnlyTheApi() {
    return new ArchCondition<>("name only types of the API") {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        if (!member.getModifiers().contains(JavaModifier.PUBLIC)
            && !member.getModifiers().contains(JavaModifier.PROTECTED)) {
          return;
        }
        types(member).stream()
            .map(JavaClass::getBaseComponentType)
            .filter(ApiTest::isInternal)
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            member,
                            member.getFullName()
                                + " names "
                                + type.getName()
                                + ": mark the type @PublicEvolving, or the member @Internal")));
      }
    };
  }

  /** All types in the member's signature, with their type arguments. */
  private static Set<JavaClass> types(JavaMember member) {
    if (member instanceof JavaField field) {
      return field.getType().getAllInvolvedRawTypes();
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    Set<JavaClass> types = new HashSet<>(code.getReturnType().getAllInvolvedRawTypes());
    code.getParameterTypes().forEach(type -> types.addAll(type.getAllInvolvedRawTypes()));
    types.addAll(code.getExceptionTypes());
    return types;
  }

  private static ArchCondition<JavaClass> extendOnlyTheApi() {
    return new ArchCondition<>("extend and implement only types of the API") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
            .flatMap(parent -> parent.getAllInvolvedRawTypes().stream())
            .filter(ApiTest::isInternal)
            .forEach(
                parent ->
                    events.add(
                        SimpleConditionEvent.violated(
                            type,
                            type.getName()
                                + " is a "
                                + parent.getName()
                                + ": mark that @PublicEvolving")));
      }
    };
  }

  private static boolean isInternal(JavaClass type) {
    return type.getPackageName().startsWith("io.embeddingexport")
        && !type.getPackageName().startsWith("io.embeddingexport.thrift")
        && !isApi(type);
  }
}
