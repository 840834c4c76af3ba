package dev.wick.store.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes sense of bodies. */
final class Bodies {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private static final ObjectMapper STRICT =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Bodies() {}

    static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw Problems.refusal(422, "body: not UTF-8 (expected: UTF-8)");
        }
    }

    /** From an instance, which may be newer and say more than is known here. */
    static <T> T json(byte[] body, Class<T> type) {
        return json(MAPPER, body, type);
    }

    /** From people and pipelines: a field that is not known is refused. */
    static <T> T strict(byte[] body, Class<T> type) {
        return json(STRICT, body, type);
    }

    private static <T> T json(ObjectMapper mapper, byte[] body, Class<T> type) {
        try {
            T value = mapper.readValue(body, type);
            if (value == null) {
                throw Problems.refusal(422, "body: null (expected: an object)");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            String known =
                    e.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
            throw Problems.refusal(
                    422, "body: " + path(e) + "unknown (expected: a field of " + known + ")");
        } catch (MismatchedInputException e) {
            throw Problems.refusal(
                    422, "body: " + path(e) + "(expected: " + form(e.getTargetType()) + ")");
        } catch (JsonMappingException e) {
            throw Problems.refusal(422, "body: " + path(e) + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw Problems.refusal(422, "body: " + e.getOriginalMessage() + " (expected: JSON)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String form(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        return List.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            } else {
                path.append('[').append(reference.getIndex()).append(']');
            }
        }
        return path.isEmpty() ? "" : path + ": ";
    }
}
