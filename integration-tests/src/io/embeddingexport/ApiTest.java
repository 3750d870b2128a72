package io.embeddingexport;

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
import java.util.ArrayList;
import java.util.List;
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
            .filter(type -> type.getPackageName().startsWith("io.embeddingexport"))
            .filter(type -> !type.getPackageName().startsWith("io.embeddingexport.thrift"))
            .filter(type -> !isApi(type))
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

  private static List<JavaClass> types(JavaMember member) {
    if (member instanceof JavaField field) {
      return List.of(field.getRawType());
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    List<JavaClass> types = new ArrayList<>(code.getRawParameterTypes());
    types.add(code.getRawReturnType());
    types.addAll(code.getExceptionTypes());
    return types;
  }
}
