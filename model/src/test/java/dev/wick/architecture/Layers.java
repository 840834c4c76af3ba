package dev.wick.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * A table of packages: one row for each, {@code name | what it may import} beyond its own classes,
 * the JDK and JSpecify. A package without a row is refused, so that a new one is placed before it
 * is filled; a row whose package does not exist yet is not.
 *
 * <p>Names of ours start below {@code dev.wick}; those of libraries are whole. {@code a.b} is that
 * package alone, {@code a.b..} also those below it, {@code a.(*)} any one directly below. The first
 * row that fits a package is its row. A row without a name carries on the one before it; {@code
 * NAME = ...} is a shorthand.
 */
public final class Layers {

    private static final String EVERYWHERE =
            "java.., javax.crypto.., javax.net.., javax.security.., org.jspecify.annotations";
    private static final Set<String> DOMAINS =
            Set.of("com", "io", "jakarta", "java", "javax", "org");

    private final Map<String, List<String>> shorthands = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private record Row(PackageMatcher name, List<PackageMatcher> imports) {

        boolean allows(String other) {
            return imports.stream().anyMatch(allowed -> allowed.matches(other));
        }
    }

    public Layers(String table) {
        for (String line : table.strip().replaceAll("\\n *\\|", ",").split("\n")) {
            if (line.contains("=")) {
                shorthands.put(cell(line, "=", 0), names(cell(line, "=", 1)));
            } else {
                rows.add(row(cell(line, "\\|", 0), cell(line, "\\|", 1)));
            }
        }
    }

    private static String cell(String line, String separator, int column) {
        String[] cells = line.split(separator, -1);
        if (cells.length != 2) {
            throw new IllegalArgumentException(line + " (expected: name | imports)");
        }
        return cells[column].strip();
    }

    private Row row(String name, String imports) {
        List<PackageMatcher> matchers =
                names(EVERYWHERE + "," + imports).stream().map(PackageMatcher::of).toList();
        return new Row(PackageMatcher.of(whole(name)), matchers);
    }

    private List<String> names(String list) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .flatMap(name -> shorthands.getOrDefault(name, List.of(whole(name))).stream())
                .toList();
    }

    private static String whole(String name) {
        String domain = name.replaceFirst("\\..*", "");
        return DOMAINS.contains(domain) ? name : "dev.wick." + name;
    }

    /** What the module under test is made of, its tests left out. */
    public static JavaClasses production() {
        return new ClassFileImporter().importPath(Path.of("target", "classes"));
    }

    /** Fails unless every package keeps to its row. */
    public void check(JavaClasses module) {
        classes()
                .should(keepToTheirRow())
                .as("a package imports what its row in the table of packages allows")
                .allowEmptyShould(true)
                .check(module);
    }

    /** Fails if packages form a circle. */
    public static void checkNoCircle(JavaClasses module) {
        slices().matching("dev.wick.(**)")
                .should()
                .beFreeOfCycles()
                .as("packages form no circle")
                .allowEmptyShould(true)
                .check(module);
    }

    /** Fails unless every package is {@code @NullMarked}. */
    public static void checkNullMarked(JavaClasses module) {
        classes()
                .should(beInANullMarkedPackage())
                .as("every package has a package-info with @NullMarked")
                .allowEmptyShould(true)
                .check(module);
    }

    private ArchCondition<JavaClass> keepToTheirRow() {
        return new ArchCondition<>("keep to their row") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String name = type.getPackageName();
                rows.stream()
                        .filter(row -> row.name().matches(name))
                        .findFirst()
                        .ifPresentOrElse(
                                row -> report(strangers(type, row), type, events),
                                () -> report(Set.of(name + " has no row"), type, events));
            }
        };
    }

    private static Set<String> strangers(JavaClass type, Row row) {
        Set<String> found = new HashSet<>();
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            String other = target.getPackageName();
            if (!target.isPrimitive()
                    && !other.equals(type.getPackageName())
                    && !row.allows(other)) {
                found.add(dependency.getDescription());
            }
        }
        return found;
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage home = type.getPackage();
                if (!home.isAnnotatedWith(NullMarked.class)) {
                    report(Set.of(home.getName() + " is not @NullMarked"), type, events);
                }
            }
        };
    }

    private static void report(Set<String> wrongs, JavaClass type, ConditionEvents events) {
        wrongs.forEach(wrong -> events.add(SimpleConditionEvent.violated(type, wrong)));
    }
}
