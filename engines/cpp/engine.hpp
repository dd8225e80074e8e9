// The protocol for engines in C++. An engine gives `ask<R>(question, points)`; forward(…) is that of types that carry one derivative.
#pragma once
#include <iostream>
#include "tree.hpp"

struct Point { std::vector<std::vector<double>> inputs; };            // one array an argument; elementwise questions one number each
struct Slopes { std::vector<double> value; std::vector<std::vector<double>> vjp; std::vector<std::vector<double>> jvp; bool isScalar = true; };
struct Asked { Point at; std::vector<double> cotangent; std::vector<std::vector<std::vector<double>>> tangents; };

// Jacobians by a type that carries one derivative, a run a coordinate; vjp is their transpose.
template <class R, class T, class Seed, class Read> Slopes forward(const Tree<T>& tree, const Json& spelling, const Asked& q, Seed seed, Read slope, auto value) {
  auto along = [&](const std::vector<std::vector<double>>& direction) {
    typename Tree<T>::Args x;
    for (size_t a = 0; a < direction.size(); a++) {
      Value<T> v;
      v.isScalar = q.at.inputs[a].size() == 1;
      for (size_t i = 0; i < direction[a].size(); i++) v.data.push_back(seed(q.at.inputs[a][i], direction[a][i]));
      x.push_back(v);
    }
    return tree.run(spelling, x);
  };
  Slopes out;
  auto zero = q.at.inputs;
  for (auto& x : zero) std::fill(x.begin(), x.end(), 0);
  for (size_t a = 0; a < zero.size(); a++) {
    out.vjp.emplace_back();
    for (size_t i = 0; i < zero[a].size(); i++) {
      auto unit = zero;
      unit[a][i] = 1;
      auto y = along(unit);
      if (y.isMask || y.isList) throw Cannot("no numbers come out");
      out.isScalar = y.isScalar;
      out.value.clear();
      R sum = 0;
      for (size_t o = 0; o < y.size(); o++) {
        out.value.push_back(value(y.data[o]));
        sum += R(q.cotangent[o % q.cotangent.size()]) * R(slope(y.data[o]));
      }
      out.vjp[a].push_back(sum);
    }
  }
  for (auto& t : q.tangents) {
    out.jvp.emplace_back();
    for (auto& v : along(t).data) out.jvp.back().push_back(slope(v));
  }
  return out;
}

template <class Engine> int serve(const char* name, const std::string& version, const char* mode, std::vector<std::string> formats) {
  std::string line;
  while (std::getline(std::cin, line)) {
    Json q = Json::read(line);
    std::string head = "{\"id\": " + std::to_string((int)q["id"].number) + ", ";
    if (q["op"].text == "hello") {
      std::string list;
      for (auto& f : formats) list += (list.empty() ? "" : ", ") + inQuotes(f);
      std::cout << head << "\"protocol\": 1, \"engine\": " << inQuotes(name) << ", \"version\": " << inQuotes(version) << ", \"mode\": " << inQuotes(mode) << ", \"formats\": [" << list << "]}" << std::endl;
      continue;
    }
    try {
      bool isMap = q["kind"].text == "map";
      auto& inputs = q["inputs"].list;
      std::vector<std::vector<double>> x;
      for (auto& a : inputs) {
        if (!isMap && a["shape"].list.size() != 1) throw Cannot("arrays of one axis only");
        x.push_back(a["data"].reals());
      }
      Slopes all;
      all.vjp.resize(x.size());
      all.jvp.resize(q["tangents"].list.size());
      size_t points = isMap ? x[0].size() : 1;
      for (size_t p = 0; p < points; p++) {
        Asked asked{{x}, q["cotangent"].reals(), {}};
        for (auto& t : q["tangents"].list) {
          asked.tangents.emplace_back();
          for (auto& a : t.list) asked.tangents.back().push_back(a.reals());
        }
        if (isMap) {
          for (size_t a = 0; a < x.size(); a++) {
            asked.at.inputs[a] = {x[a][p]};
            for (auto& t : asked.tangents) t[a] = {t[a][p]};
          }
        }
        Slopes one = q["format"].text == "f32" ? Engine::template ask<float>(q["tree"], asked) : Engine::template ask<double>(q["tree"], asked);
        for (double v : one.value) all.value.push_back(v);
        for (size_t a = 0; a < x.size(); a++) all.vjp[a].insert(all.vjp[a].end(), one.vjp[a].begin(), one.vjp[a].end());
        for (size_t t = 0; t < one.jvp.size(); t++) all.jvp[t].insert(all.jvp[t].end(), one.jvp[t].begin(), one.jvp[t].end());
        all.isScalar = one.isScalar && !isMap;
      }
      std::string shape = all.isScalar ? "[]" : "[" + std::to_string(all.value.size()) + "]";
      std::cout << head << "\"value\": {\"shape\": " << shape << ", \"data\": " << json(all.value) << "}, \"vjp\": " << json(all.vjp) << ", \"jvp\": " << json(all.jvp) << "}" << std::endl;
    } catch (const Cannot& e) {
      std::cout << head << "\"cannot\": " << inQuotes(e.what()) << "}" << std::endl;
    } catch (const std::exception& e) {
      std::cout << head << "\"cannot\": " << inQuotes(std::string("it raised ") + e.what()) << "}" << std::endl;
    }
  }
  return 0;
}
