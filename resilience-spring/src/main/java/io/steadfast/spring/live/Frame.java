package io.steadfast.spring.live;

/**
 * One server-sent event, written once for all who get it.
 *
 * @param event its name: {@code snapshot}, {@code tick} or {@code event}
 * @param json its data: one JSON object on one line, free of {@code <}, {@code >} and {@code &}
 */
public record Frame(String event, String json) {}
