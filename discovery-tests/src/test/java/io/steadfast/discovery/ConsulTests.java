package io.steadfast.discovery;

/** Consul's client of Spring Cloud, and a double of Consul: see {@link ConsulRegistry}. */
class ConsulTests extends RegistryContract {

    ConsulTests() {
        super(new ConsulRegistry());
    }
}
