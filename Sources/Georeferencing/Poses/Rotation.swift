package import InspectionModel

/// Three components in the north-east-down frame or in the camera's frame (right, down in the picture,
/// forward).
package typealias Vector3 = SIMD3<Double>

extension SIMD3<Double> {
  /// The vector product.
  package func cross(_ other: Vector3) -> Vector3 {
    Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }

  /// The scalar product, summed from x to z.
  package func dot(_ other: Vector3) -> Double { x * other.x + y * other.y + z * other.z }
}

/// A rotation of space as an orthonormal matrix; applied to a column vector.
///
/// Built from correctly rounded operations only, so that it is bit-equal on every CPU.
package struct Rotation: Sendable, Hashable {
  /// Where the first, second and third axis go.
  package let columns: (Vector3, Vector3, Vector3)

  package init(columns: (Vector3, Vector3, Vector3)) { self.columns = columns }

  package static let identity = Rotation(
    columns: (Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1)))

  /// From body axes (forward, right, down) to north, east, down: first yaw, then pitch, then roll.
  package init(_ attitude: Attitude) {
    let (sy, cy) = (sine(attitude.yawRadians), cosine(attitude.yawRadians))
    let (sp, cp) = (sine(attitude.pitchRadians), cosine(attitude.pitchRadians))
    let (sr, cr) = (sine(attitude.rollRadians), cosine(attitude.rollRadians))
    self.init(
      columns: (
        Vector3(cy * cp, sy * cp, -sp),
        Vector3(cy * sp * sr - sy * cr, sy * sp * sr + cy * cr, cp * sr),
        Vector3(cy * sp * cr + sy * sr, sy * sp * cr - cy * sr, cp * cr)
      ))
  }

  /// The rotation whose quaternion is proportional to (1, v/2): for small vectors the rotation by |v| about
  /// v.
  package init(small vector: Vector3) {
    let scale = 1 / (1 + vector.dot(vector) / 4).squareRoot()
    let w = scale
    let v = vector * (scale / 2)
    self.init(
      columns: (
        Vector3(
          1 - 2 * (v.y * v.y + v.z * v.z), 2 * (v.x * v.y + w * v.z), 2 * (v.x * v.z - w * v.y)),
        Vector3(
          2 * (v.x * v.y - w * v.z), 1 - 2 * (v.x * v.x + v.z * v.z), 2 * (v.y * v.z + w * v.x)),
        Vector3(
          2 * (v.x * v.z + w * v.y), 2 * (v.y * v.z - w * v.x), 1 - 2 * (v.x * v.x + v.y * v.y))
      ))
  }

  /// The rotated vector.
  package func callAsFunction(_ vector: Vector3) -> Vector3 {
    columns.0 * vector.x + columns.1 * vector.y + columns.2 * vector.z
  }

  /// The vector before the rotation.
  package func inverse(_ vector: Vector3) -> Vector3 {
    Vector3(columns.0.dot(vector), columns.1.dot(vector), columns.2.dot(vector))
  }

  /// First `right`, then `left`.
  package static func * (left: Rotation, right: Rotation) -> Rotation {
    Rotation(columns: (left(right.columns.0), left(right.columns.1), left(right.columns.2)))
  }

  package static func == (left: Rotation, right: Rotation) -> Bool { left.columns == right.columns }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(columns.0)
    hasher.combine(columns.1)
    hasher.combine(columns.2)
  }
}
