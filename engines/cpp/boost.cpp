// Boost.Math's autodiff. Written for 1.74 (Debian: libboost-dev).
#if !__has_include(<boost/math/differentiation/autodiff.hpp>)
#error "Boost is missing: apt install libboost-dev"
#endif
#include <boost/math/differentiation/autodiff.hpp>
#include <boost/version.hpp>
#include "engine.hpp"

struct Variables {
  template <class R> static Slopes ask(const Json& tree, const Asked& q) {
    using T = boost::math::differentiation::autodiff_fvar<R, 1>;
    Tree<T> t;
    t.constant = [](double v) { return T(R(v)); };
    auto variable = [](double v) { return boost::math::differentiation::make_fvar<R, 1>(R(v)); };
    // v + dt, with the sign of a zero kept.
    auto seed = [=](double v, double d) { return d == 0 ? T{R(v)} : d == 1 ? variable(v) : v == 0 ? T(variable(v / d) * R(d)) : T(variable(0) * R(d) + R(v)); };
    return forward<R, T>(t, tree, q, seed, [](const T& y) { return (double)y.derivative(1); }, [](const T& y) { return (double)y.derivative(0); });
  }
};
int main() { return serve<Variables>("Boost.Autodiff", std::to_string(BOOST_VERSION / 100000) + "." + std::to_string(BOOST_VERSION / 100 % 1000), "forward", {"f64", "f32"}); }
