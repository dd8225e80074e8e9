// A spelling's tree, evaluated in a scalar type of an engine: its operators, and its functions as found beside the type.
// What the type has not is "cannot". Arrays are the standard library's: std::sort, std::max_element, loops.
#pragma once
#include <algorithm>
#include <functional>
#include "json.hpp"

struct Cannot : std::runtime_error { using std::runtime_error::runtime_error; };

template <class T> struct Value {
  std::vector<T> data;         // numbers, one axis; a scalar where isScalar
  std::vector<bool> mask;      // or truth values
  std::vector<Value> list;     // or several
  bool isScalar = false, isMask = false, isList = false, isNull = false;
  size_t size() const { return isMask ? mask.size() : data.size(); }
  const T& at(size_t i) const { return data[isScalar ? 0 : i]; }
};

// One line a function: the engine's own of that name, found with the type or in std.
#define FUNCTION(name)                                                                              \
  template <class T> T own_##name(const T& x) {                                                     \
    using std::name;                                                                                \
    if constexpr (requires { T(name(x)); }) return T(name(x)); else throw Cannot("no " #name);       \
  }
#define FUNCTION2(called, name)                                                                     \
  template <class T> T own_##called(const T& x, const T& y) {                                       \
    using std::name;                                                                                \
    if constexpr (requires { T(name(x, y)); }) return T(name(x, y)); else throw Cannot("no " #name); \
  }
FUNCTION(abs) FUNCTION(fabs) FUNCTION(sqrt) FUNCTION(exp) FUNCTION(log) FUNCTION(log1p) FUNCTION(expm1) FUNCTION(sin) FUNCTION(cos) FUNCTION(cosh)
FUNCTION(tanh) FUNCTION(acos) FUNCTION(atan) FUNCTION(asinh) FUNCTION(erf) FUNCTION(erfc) FUNCTION(cbrt) FUNCTION(floor) FUNCTION(ceil) FUNCTION(round) FUNCTION(trunc)
FUNCTION2(maximum, max) FUNCTION2(minimum, min) FUNCTION2(fmax, fmax) FUNCTION2(fmin, fmin) FUNCTION2(atan2, atan2) FUNCTION2(pow, pow) FUNCTION2(hypot, hypot)
FUNCTION2(fmod, fmod) FUNCTION2(copysign, copysign)

template <class T> struct Tree {
  using V = Value<T>;
  using Args = std::vector<V>;
  std::function<T(double)> constant = [](double v) { return T(v); };
  std::map<std::string, std::function<V(Args&)>> own;  // an engine's arrays and exceptions go before the table

  V number(double v) const { V out; out.data = {constant(v)}; out.isScalar = true; return out; }

  static size_t common(const V& a, const V& b) { return a.isScalar ? b.size() : a.size(); }
  template <class F> static V zip(const V& a, const V& b, F f) {
    if (!a.isScalar && !b.isScalar && a.size() != b.size()) throw Cannot("no broadcasting of axes");
    V out;
    out.isScalar = a.isScalar && b.isScalar;
    for (size_t i = 0; i < common(a, b); i++) out.data.push_back(f(a.at(i), b.at(i)));
    return out;
  }
  template <class F> static V map(const V& a, F f) {
    V out;
    out.isScalar = a.isScalar;
    for (auto& v : a.data) out.data.push_back(f(v));
    return out;
  }
  template <class F> static V compare(const V& a, const V& b, F f) {
    V out;
    out.isMask = true;
    out.isScalar = a.isScalar && b.isScalar;
    for (size_t i = 0; i < common(a, b); i++) out.mask.push_back(f(a.at(i), b.at(i)));
    return out;
  }
  V one(const T& v) const { V out; out.data = {v}; out.isScalar = true; return out; }

  V apply(const std::string& name, Args& a, const Json& tree) const {
    if (auto found = own.find(name); found != own.end()) return found->second(a);
    using F1 = T (*)(const T&);
    using F2 = T (*)(const T&, const T&);
    static const std::map<std::string, F1> ones = {
        {"abs", own_abs<T>}, {"fabs", own_fabs<T>}, {"sqrt", own_sqrt<T>}, {"exp", own_exp<T>}, {"log", own_log<T>}, {"log1p", own_log1p<T>},
        {"expm1", own_expm1<T>}, {"sin", own_sin<T>}, {"cos", own_cos<T>}, {"cosh", own_cosh<T>}, {"tanh", own_tanh<T>}, {"acos", own_acos<T>}, {"atan", own_atan<T>},
        {"asinh", own_asinh<T>}, {"erf", own_erf<T>}, {"erfc", own_erfc<T>}, {"cbrt", own_cbrt<T>}, {"floor", own_floor<T>}, {"ceil", own_ceil<T>}, {"round", own_round<T>},
        {"trunc", own_trunc<T>}, {"neg", [](const T& x) { return T(-x); }}, {"square", [](const T& x) { return T(x * x); }}};
    static const std::map<std::string, F2> twos = {
        {"maximum", own_maximum<T>}, {"minimum", own_minimum<T>}, {"fmax", own_fmax<T>}, {"fmin", own_fmin<T>}, {"atan2", own_atan2<T>}, {"pow", own_pow<T>},
        {"hypot", own_hypot<T>}, {"fmod", own_fmod<T>}, {"copysign", own_copysign<T>}, {"maximum_scalar", own_maximum<T>},
        {"add", [](const T& x, const T& y) { return T(x + y); }}, {"sub", [](const T& x, const T& y) { return T(x - y); }},
        {"mul", [](const T& x, const T& y) { return T(x * y); }}, {"div", [](const T& x, const T& y) { return T(x / y); }}};
    if (auto f = ones.find(name); f != ones.end()) return map(a[0], f->second);
    if (auto f = twos.find(name); f != twos.end()) return zip(a[0], a[1], f->second);
    auto real = [&](size_t i) { return tree.list[i + 1].real(); };
    if (name == "gt") return compare(a[0], a[1], [](auto& x, auto& y) { return bool(x > y); });
    if (name == "ge") return compare(a[0], a[1], [](auto& x, auto& y) { return bool(x >= y); });
    if (name == "lt") return compare(a[0], a[1], [](auto& x, auto& y) { return bool(x < y); });
    if (name == "le") return compare(a[0], a[1], [](auto& x, auto& y) { return bool(x <= y); });
    if (name == "equal") return compare(a[0], a[1], [](auto& x, auto& y) { return bool(x == y); });
    if (name == "power") {
      double p = real(1);
      return map(a[0], [p](const T& x) {
        using std::pow;
        if constexpr (requires { T(pow(x, p)); }) return T(pow(x, p)); else throw Cannot("no power of a number");
        return x;
      });
    }
    if (name == "full") return map(a[0], [&](const T&) { return constant(real(1)); });
    if (name == "relu") return zip(a[0], number(0), own_maximum<T>);
    if (name == "clip") {
      V x = a[0];
      if (!a[1].isNull) x = zip(x, a[1], own_maximum<T>);
      return a[2].isNull ? x : zip(x, a[2], own_minimum<T>);
    }
    if (name == "where") {
      V out;
      out.isScalar = a[0].isScalar;
      for (size_t i = 0; i < a[0].mask.size(); i++) out.data.push_back(a[0].mask[i] ? a[1].at(i) : a[2].at(i));
      return out;
    }
    if (name == "as_float") {
      V out;
      out.isScalar = a[0].isScalar;
      for (bool m : a[0].mask) out.data.push_back(constant(m ? 1 : 0));
      return out;
    }
    if (name == "at") return one(a[0].data.at((size_t)real(1)));
    if (name == "between") {
      long n = (long)a[0].size(), from = (long)real(1), to = a[2].isNull ? n : (long)real(2);
      V out;
      for (long i = from; i < (to < 0 ? n + to : to); i++) out.data.push_back(a[0].data[i]);
      return out;
    }
    if (name == "stack" && std::all_of(a[0].list.begin(), a[0].list.end(), [](auto& v) { return v.isScalar; })) {
      V out;
      for (auto& v : a[0].list) out.data.push_back(v.data[0]);
      return out;
    }
    if (name == "row") { V out; for (auto& v : a[1].list) out.data.push_back(v.data[0]); return out; }
    if (name == "sum" || name == "mean") {
      T s = a[0].data[0];
      for (size_t i = 1; i < a[0].size(); i++) s = T(s + a[0].data[i]);
      return one(name == "sum" ? s : T(s / constant((double)a[0].size())));
    }
    if (name == "prod") { T s = a[0].data[0]; for (size_t i = 1; i < a[0].size(); i++) s = T(s * a[0].data[i]); return one(s); }
    if (name == "dot") { V p = zip(a[0], a[1], [](auto& x, auto& y) { return T(x * y); }); Args sum{p}; return apply("sum", sum, tree); }
    auto less = [](const T& x, const T& y) { return bool(x < y); };
    if (name == "max") return one(*std::max_element(a[0].data.begin(), a[0].data.end(), less));
    if (name == "min") return one(*std::min_element(a[0].data.begin(), a[0].data.end(), less));
    if (name == "sort" || name == "median" || name == "sort_descending") {
      V out = a[0];
      std::stable_sort(out.data.begin(), out.data.end(), less);
      if (name == "sort_descending") std::reverse(out.data.begin(), out.data.end());
      return name != "median" ? out : out.size() % 2 ? one(out.data[out.size() / 2]) : throw Cannot("no median of an even number");
    }
    throw Cannot("no " + name);
  }

  V run(const Json& tree, const Args& x) const {
    switch (tree.kind) {
      case Json::Number: return number(tree.number);
      case Json::Text: return number(tree.real());
      case Json::Object: {
        if (tree.has("x")) return x.at((size_t)tree["x"].number);
        if (tree.has("text")) throw Cannot("no " + tree["text"].text);
        V out;
        out.isList = true;
        for (auto& t : tree["list"].list) out.list.push_back(run(t, x));
        return out;
      }
      case Json::List: {
        Args a;
        for (size_t i = 1; i < tree.list.size(); i++) a.push_back(run(tree.list[i], x));
        return apply(tree.list[0].text, a, tree);
      }
      default: { V out; out.isNull = true; return out; }
    }
  }
};
