"""Sample people, institutions and proposals. Every surname says that it is a sample."""

from collections.abc import Iterator
from itertools import cycle, product
from typing import NamedTuple

GIVEN = (
    "Sisa",
    "Inti",
    "Nina",
    "Tamia",
    "Amaru",
    "Yaku",
    "Killari",
    "Rumi",
    "Ñusta",
    "Pacha",
    "María José",
    "Luis Fernando",
    "Ana Lucía",
    "Jorge",
    "Gabriela",
    "Daniel",
    "Verónica",
    "Andrés",
    "Paola",
    "Kevin",
    "Rosa Elena",
    "Milton",
    "Jhon Jairo",
    "Estefanía",
    "Xavier",
    "Doménica",
    "Segundo",
    "Mercedes",
    "Byron",
    "Tránsito",
)
SURNAMES = ("de Muestra", "Ejemplo", "Prueba")
GENDERS = ("woman", "man", "woman", "man", "other")
TERRITORIES = (
    ("17", "1701"),
    ("09", "0901"),
    ("01", "0101"),
    ("13", "1301"),
    ("11", "1101"),
    ("18", "1801"),
    ("06", "0601"),
    ("10", "1001"),
    ("20", "2001"),
    ("22", "2201"),
    ("16", "1601"),
    ("08", "0801"),
    ("05", "0501"),
    ("24", "2401"),
)
INSTITUTIONS = (
    "Universidad de Muestra",
    "Instituto Técnico Ejemplo",
    "Colectivo Barrio de Prueba",
    "Cooperativa Ejemplo",
    "Empresa de Muestra",
    "Escuela Politécnica de Prueba",
    "",
)


class Person(NamedTuple):
    """A sample person, numbered from 0."""

    name: str
    email: str
    province: str
    canton: str
    institution: str
    gender: str


class Juror(NamedTuple):
    """A sample juror."""

    name: str
    email: str
    sector: str
    institution: str
    role: str


class Proposal(NamedTuple):
    """A sample proposal: title, one-sentence summary, its problem and its plan."""

    title: str
    summary: str
    problem: str
    plan: str


def people() -> Iterator[Person]:
    """As many sample people as asked for, no two of the same e-mail."""
    territories, institutions, genders = cycle(TERRITORIES), cycle(INSTITUTIONS), cycle(GENDERS)
    names = (f"{given} {surname}" for surname, given in product(SURNAMES, GIVEN))
    for number, name in enumerate(cycle(names)):
        province, canton = next(territories)
        email = f"persona{number + 1:03d}@example.org"
        yield Person(name, email, province, canton, next(institutions), next(genders))


JURORS = (
    Juror("Lucía Ejemplo", "jurado1@example.org", "public", "Municipio de Muestra", "chair"),
    Juror("Fabián Prueba", "jurado2@example.org", "public", "Ministerio de Ejemplo", "member"),
    Juror("Mercedes de Muestra", "jurado3@example.org", "academia", "Universidad de Muestra", "member"),
    Juror("Iván Ejemplo", "jurado4@example.org", "academia", "Instituto Técnico Ejemplo", "member"),
    Juror("Carla Prueba", "jurado5@example.org", "private", "Cámara de Ejemplo", "member"),
    Juror("Óscar de Muestra", "jurado6@example.org", "private", "Empresa de Muestra", "member"),
    Juror("Toa Ejemplo", "jurado7@example.org", "civil_society", "Colectivo Barrio de Prueba", "member"),
    Juror("Manuel Prueba", "jurado8@example.org", "civil_society", "Red Vecinal de Muestra", "member"),
    Juror(
        "Helen Sample", "jurado9@example.org", "cooperation", "Agencia de Cooperación de Muestra", "member"
    ),
)

PROPOSALS = (
    Proposal(
        "Trueque de barrio",
        "Una red para intercambiar herramientas y horas de trabajo entre vecinos.",
        "Cada casa compra herramientas que usa dos veces al año.",
        "Un inventario común, un banco de horas y un punto de entrega en la casa comunal.",
    ),
    Proposal(
        "La tienda que comparte ruta",
        "Tiendas pequeñas que hacen juntas el pedido y el transporte.",
        "Una tienda sola paga el flete completo de cada pedido.",
        "Pedidos agrupados por zona, una ruta semanal y un fondo para imprevistos.",
    ),
    Proposal(
        "Cosecha sin intermediarios",
        "Canastas semanales de productores cercanos para familias del cantón.",
        "El productor recibe la tercera parte de lo que paga la familia.",
        "Suscripción por canasta, dos puntos de acopio y precios acordados en asamblea.",
    ),
    Proposal(
        "Aula abierta",
        "Un catálogo de aulas y laboratorios libres que las escuelas prestan entre sí.",
        "Hay laboratorios vacíos por la tarde y escuelas sin ninguno.",
        "Reservas en línea, un acuerdo modelo y un seguro compartido.",
    ),
    Proposal(
        "Taxi de encargos",
        "Viajes compartidos de encargos entre parroquias rurales.",
        "Llevar una medicina cuesta un pasaje de ida y vuelta.",
        "Conductores de confianza, puntos de entrega y una tarifa por tramo.",
    ),
    Proposal(
        "Killa, ahorro en grupo",
        "Cajas de ahorro que llevan sus cuentas desde el celular, sin internet.",
        "Los cuadernos se pierden y las cuentas no cuadran.",
        "Registro por mensajes de texto, cierre mensual y copia para cada socia.",
    ),
    Proposal(
        "Segunda vida",
        "Reparar y revender aparatos con técnicos del mismo barrio.",
        "Botamos aparatos que tienen arreglo.",
        "Diagnóstico gratuito, garantía de tres meses y reciclaje de lo que no sirve.",
    ),
    Proposal(
        "Ñukanchik yaku",
        "Las juntas de agua comparten técnico, repuestos y datos de calidad.",
        "Una junta sola no puede pagar a un técnico.",
        "Un técnico para ocho juntas, bodega común y análisis cada mes.",
    ),
    Proposal(
        "Manos que cuidan",
        "Una cooperativa de cuidadoras con turnos y precios justos.",
        "Las familias buscan de boca en boca y las cuidadoras no tienen contrato.",
        "Perfiles verificados, contrato modelo y formación certificada.",
    ),
    Proposal(
        "Cocina común",
        "Cocinas autorizadas que se alquilan por horas a emprendimientos.",
        "Montar una cocina con permisos cuesta más que el negocio.",
        "Agenda por horas, permisos compartidos y compras en grupo.",
    ),
    Proposal(
        "Mapa de la solidaridad",
        "Un mapa vivo de quién ofrece y quién necesita ayuda después de un sismo.",
        "La ayuda llega dos veces al mismo lugar y a otros no llega.",
        "Reportes por voz, brigadas que verifican y un tablero público.",
    ),
    Proposal(
        "Bici carga",
        "Bicicletas de carga compartidas para ferias y mercados.",
        "Las comerciantes pagan camioneta para cargas pequeñas.",
        "Seis bicicletas, estaciones en tres mercados y mantenimiento propio.",
    ),
    Proposal(
        "Semillas en préstamo",
        "Una biblioteca de semillas nativas que se devuelven multiplicadas.",
        "Se pierden variedades que nadie siembra.",
        "Préstamo por temporada, registro de variedades y ferias de intercambio.",
    ),
    Proposal(
        "Puerto digital",
        "Pescadores artesanales que subastan juntos su pesca del día.",
        "Cada lancha vende sola y acepta el primer precio.",
        "Subasta corta en el muelle, precios a la vista y pago el mismo día.",
    ),
    Proposal(
        "Tutores entre pares",
        "Estudiantes que enseñan lo que ya dominan y ganan horas de tutoría.",
        "Quien no puede pagar clases repite el año.",
        "Banco de horas por materia, salas de la biblioteca y un docente que acompaña.",
    ),
    Proposal(
        "Taller móvil",
        "Un taller de costura que viaja y deja capacidad instalada en cada comunidad.",
        "Las máquinas están en la ciudad y las costureras no.",
        "Ocho máquinas en un bus, formación de tres semanas y pedidos institucionales.",
    ),
    Proposal(
        "Sol compartido",
        "Vecinas que invierten juntas en paneles y reparten la energía de la sede comunal.",
        "La planilla de la sede se lleva la mitad de las cuotas.",
        "Paneles en el techo común, medidor por aporte y mantenimiento pagado con el ahorro.",
    ),
    Proposal(
        "Guías del páramo",
        "Turismo comunitario con reservas, seguros y capacitación en común.",
        "Cada comunidad paga su propia página y casi nadie la encuentra.",
        "Un solo calendario, guías certificados y un fondo para el páramo.",
    ),
    Proposal(
        "Ropa que vuelve",
        "Uniformes escolares que se devuelven, se arreglan y se entregan otra vez.",
        "Un uniforme dura más que el año en que queda bien.",
        "Entrega por talla, arreglo en taller local y vale para la próxima talla.",
    ),
    Proposal(
        "Datos del mercado",
        "Precios diarios de mercados reunidos por las propias comerciantes.",
        "Quien siembra no sabe a cuánto se vende hoy.",
        "Un mensaje al día por mercado, promedio público y alertas de precio.",
    ),
)

TEAMS_LOOKING = (
    "Queremos que cada barrio sepa qué agua bebe. Nos falta alguien que sepa de mapas.",
    "Trabajamos con las tiendas del mercado. Buscamos a quien lleve bien las cuentas.",
)
PEOPLE_LOOKING = (
    "Diseño carteles y páginas web. Tengo libres las noches y los sábados.",
    "Soy promotora de salud en mi parroquia y hablo kichwa.",
    "Sé programar teléfonos. Me interesa el transporte.",
)

FEEDBACK = (
    "La idea es clara y responde a un problema que conocemos. Falta decir quién paga el segundo año.",
    "Muy buena descripción del problema. Convendría probar primero con un solo barrio.",
    "El plan es realista. Pediría un presupuesto más detallado del mantenimiento.",
    "Une a personas que hoy no trabajan juntas: ese es su mayor valor.",
    "La solución existe en otros lugares; cuenten en qué se diferencia la suya.",
)
