package io.qcache.net; /** E. */ public final class Main { public static void main(String[] a) {} }
