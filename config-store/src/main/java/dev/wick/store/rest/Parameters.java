package dev.wick.store.rest;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters, and headers that are numbers. No parameter is passed over: a {@code dryRun}
 * that is spelled in another way would change what was only to be planned.
 */
final class Parameters {

    private static final Map<Method, Set<String>> KNOWN = new ConcurrentHashMap<>();

    private static final Set<String> MAY_BE_EMPTY = Set.of("comment", "cursor");

    private Parameters() {}

    /** Throws a refusal where the method does not know one, or one is there twice. */
    static void check(Method method, MultivaluedMap<String, String> given) {
        if (given.isEmpty()) {
            return;
        }
        Set<String> known = KNOWN.computeIfAbsent(method, Parameters::known);
        for (Map.Entry<String, List<String>> one : given.entrySet()) {
            if (!known.contains(one.getKey())) {
                throw Problems.parameter(
                        one.getKey(),
                        "unknown",
                        known.isEmpty() ? "no parameters" : String.join(", ", known));
            }
            if (one.getValue().contains("") && !MAY_BE_EMPTY.contains(one.getKey())) {
                // It would be read as if it were not there.
                throw Problems.parameter(one.getKey(), "", "a value");
            }
            if (one.getValue().size() > 1) {
                throw Problems.parameter(
                        one.getKey(), String.join(" and ", one.getValue()), "one value");
            }
        }
    }

    private static Set<String> known(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            QueryParam named = parameter.getAnnotation(QueryParam.class);
            if (named != null) {
                names.add(named.value());
            } else if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    QueryParam inBean = field.getAnnotation(QueryParam.class);
                    if (inBean != null) {
                        names.add(inBean.value());
                    }
                }
            }
        }
        return names;
    }

    /** False where it is not given. */
    static boolean flag(String name, @Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw Problems.parameter(name, text, "true or false");
    }

    /** {@code otherwise} where it is not given. */
    static long number(String name, @Nullable String text, long otherwise, long least, long most) {
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw Problems.parameter(name, text, expected(least, most));
        }
        throw Problems.parameter(name, text, expected(least, most));
    }

    private static String expected(long least, long most) {
        return most == Long.MAX_VALUE ? "a number, " + least + " or more" : least + "-" + most;
    }
}
