package io.steadfast.spring.toys;

/** Whose method is called. */
public record ToyOwner(String name) {}
