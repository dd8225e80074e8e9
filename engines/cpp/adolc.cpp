// ADOL-C, taped: reverse and forward mode. Written for 2.7 (Debian: libadolc-dev; link with -ladolc).
#if !__has_include(<adolc/adolc.h>)
#error "ADOL-C is missing: apt install libadolc-dev"
#endif
#include <adolc/adolc.h>
#include "engine.hpp"

struct Tapes {
  template <class R> static Slopes ask(const Json& spelling, const Asked& q) {
    std::vector<double> x;
    for (auto& a : q.at.inputs) x.insert(x.end(), a.begin(), a.end());
    int n = (int)x.size();
    Slopes out;
    {
      trace_on(1, 1);
      Tree<adouble> tree;
      tree.own["abs"] = [&](auto& a) { return tree.map(a[0], own_fabs<adouble>); };
      typename Tree<adouble>::Args arguments;
      for (auto& a : q.at.inputs) {
        Value<adouble> v;
        v.isScalar = a.size() == 1;
        for (double e : a) { adouble active; active <<= e; v.data.push_back(active); }
        arguments.push_back(v);
      }
      Value<adouble> y;
      try {
        y = tree.run(spelling, arguments);
      } catch (const Cannot&) {
        trace_off();
        throw;
      }
      out.isScalar = y.isScalar;
      for (auto& v : y.data) { double r; v >>= r; out.value.push_back(r); }
      trace_off();
    }
    int m = (int)out.value.size();
    std::vector<double> y(m), c, z(n);
    for (int o = 0; o < m; o++) c.push_back(q.cotangent[o % q.cotangent.size()]);
    zos_forward(1, m, n, 1, x.data(), y.data());
    fos_reverse(1, m, n, c.data(), z.data());
    size_t at = 0;
    for (auto& a : q.at.inputs) { out.vjp.emplace_back(z.begin() + at, z.begin() + at + a.size()); at += a.size(); }
    for (auto& t : q.tangents) {
      std::vector<double> flat, slopes(m);
      for (auto& a : t) flat.insert(flat.end(), a.begin(), a.end());
      fos_forward(1, m, n, 0, x.data(), flat.data(), y.data(), slopes.data());
      out.jvp.push_back(slopes);
    }
    return out;
  }
};
int main() { return serve<Tapes>("ADOL-C", ADOLC_VERSION_TEXT, "taped", {"f64"}); }
